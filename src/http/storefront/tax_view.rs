//! What is paid by how it is taxed, as a quote and an order show it.

use order::tax::Taxed;
use serde::Serialize;
use utoipa::ToSchema;

/// What is paid by how it is taxed: `taxable_supply + vat + tax_free` is the total.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "amounts say their unit")]
pub(super) struct TaxView {
    /// Taxable goods and delivery without their tax (공급가액).
    taxable_supply_minor: i64,
    /// The value added tax (부가세) inside.
    vat_minor: i64,
    /// Tax-free goods (면세).
    tax_free_minor: i64,
}

impl From<Taxed> for TaxView {
    fn from(taxed: Taxed) -> Self {
        let Taxed { supply, vat, tax_free } = taxed;
        Self {
            taxable_supply_minor: supply.minor(),
            vat_minor: vat.minor(),
            tax_free_minor: tax_free.minor(),
        }
    }
}
