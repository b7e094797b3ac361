//! What `Place` is asked with: lines as ordered and the delivery groups (배송 묶음) they travel in.

use kernel::id::{MerchantId, ProductId, SkuId};
use kernel::{Amount, Price, Quantity, Rate, Text};
use serde::{Deserialize, Serialize};

use super::{GroupNo, LineNo, Source, is_free};
use crate::tax::Taxed;

/// A line as ordered. All amounts are for the whole line, in minor units of the order's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderLine {
    /// Its number, unique within the order.
    pub line: LineNo,
    /// The delivery group it travels in.
    pub group: GroupNo,
    /// Who sells it; the group's merchant.
    pub merchant: MerchantId,
    /// The product.
    pub product: ProductId,
    /// The variant.
    pub sku: SkuId,
    /// The product's name when it was ordered.
    pub name: Text<200>,
    /// The chosen options when it was ordered, e.g. `Colour: red`.
    pub options: Vec<Text<80>>,
    /// The code of its standard category.
    pub category: String,
    /// Whether value added tax is in its price.
    pub taxable: bool,
    /// How many pieces.
    pub quantity: Quantity,
    /// The price of one piece.
    #[serde(rename = "unit_price_minor")]
    pub unit_price: Price,
    /// The discount that the merchant pays for.
    #[serde(rename = "discount_merchant_minor")]
    pub discount_merchant: Amount,
    /// The discount that the platform pays for.
    #[serde(rename = "discount_platform_minor")]
    pub discount_platform: Amount,
    /// The points (적립금) used on it.
    #[serde(rename = "points_minor")]
    pub points: Amount,
    /// How the shopper came to it.
    pub source: Source,
}

impl OrderLine {
    /// The line's goods at their price, before discounts and points.
    pub fn goods(&self) -> Amount {
        self.unit_price.times(self.quantity)
    }

    /// What is paid for the line's goods, after discounts and points, without shipping.
    pub fn paid(&self) -> Amount {
        self.goods() - self.discount_merchant - self.discount_platform - self.points
    }

    /// The same by how it is taxed.
    pub fn taxed(&self, vat_rate: Rate) -> Taxed {
        Taxed::goods(self.paid(), self.taxable, vat_rate)
    }
}

/// A delivery group (배송 묶음): the lines of one merchant that share one fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryGroup {
    /// Its number, unique within the order.
    pub group: GroupNo,
    /// The merchant of all its lines.
    pub merchant: MerchantId,
    /// The fee charged for it.
    #[serde(rename = "fee_minor")]
    pub fee: Price,
    /// What of the fee is for a remote area (제주·도서산간); no more than the fee.
    #[serde(rename = "surcharge_minor", default, skip_serializing_if = "is_free")]
    pub surcharge: Price,
    /// The threshold that made it free, if one did.
    #[serde(rename = "free_over_minor")]
    pub free_over: Option<Price>,
    /// The fee that the threshold waived: due again where a return at buyer's fault falls below the threshold.
    #[serde(rename = "waived_fee_minor")]
    pub waived_fee: Price,
    /// What the way back costs the shopper at buyer's fault.
    #[serde(rename = "return_fee_minor")]
    pub return_fee: Price,
}

impl DeliveryGroup {
    /// Its fee by how it is taxed: always taxable.
    pub fn taxed(&self, vat_rate: Rate) -> Taxed {
        Taxed::taxable(self.fee.amount(), vat_rate)
    }
}
