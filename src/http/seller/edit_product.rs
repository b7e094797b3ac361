//! `PATCH /seller/v1/products/{product}`: changing what one says about a product.

use axum::extract::State;
use kernel::Text;
use kernel::id::ProductId;
use product::product::value::{OptionAxis, Tax};
use product::{CategoryCode, Product};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::Changed;
use super::product::{ProductOption, Taxation, VariantNamed, skus};
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;
use crate::service::product_edit::{NewDescription, ProductChange};

/// What changes; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductEdit {
    /// The name that shoppers see, at most 200 characters.
    #[schema(value_type = Option<String>, max_length = 200)]
    name: Option<Text<200>>,
    /// The long description, at most 10,000 characters; null takes it away.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 10_000)]
    description: NewDescription,
    /// Addresses of images, the main one first: at most 20.
    #[schema(value_type = Option<Vec<String>>)]
    images: Option<Vec<Text<500>>>,
    /// Its standard category; before review only, like all that follows.
    #[schema(value_type = Option<String>, max_length = 64)]
    category: Option<CategoryCode>,
    /// How its price is taxed.
    tax: Option<Taxation>,
    /// The choices of a shopper: at most 3.
    options: Option<Vec<ProductOption>>,
    /// All its variants: 1 to 200. One whose `merchant_code` is there already keeps its id.
    skus: Option<Vec<VariantNamed>>,
}

/// Null takes the description away; left out, it stays.
fn said<'de, D: Deserializer<'de>>(reader: D) -> Result<NewDescription, D::Error> {
    let said = Option::<Text<10000>>::deserialize(reader)?;
    Ok(said.map_or(NewDescription::Removed, NewDescription::Set))
}

/// Change a product: all of it before review, name, description and images once it has been on sale.
#[utoipa::path(
    patch,
    path = "/products/{product}",
    params(
        ("product" = Uuid, Path, description = "The product."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = ProductEdit,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`product_phase_forbids`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn edit_product(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(product): Path<ProductId>,
    seen: IfMatch,
    write: Write<ProductEdit>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let (edit, named) = write.into_parts();
    let change = ProductChange {
        name: edit.name,
        description: edit.description,
        images: edit.images,
        category: edit.category,
        tax: edit.tax.map(Tax::from),
        axes: edit.options.map(|options| options.into_iter().map(OptionAxis::from).collect()),
        skus: edit.skus.map(|variants| skus(variants, &named, &caller)),
    };
    let own = Own::of(caller.merchant, product).seen(seen.0);
    let outcome = app.edit_own_product(&context, own, &change).await?;
    Ok(Written::reply::<Product>(&product, product.0, &outcome))
}
