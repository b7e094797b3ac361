//! `POST /storefront/v1/malls/{mall}/quotes`: what an order would come to. Nothing is written.

use axum::extract::State;
use kernel::id::CouponId;
use kernel::{MallId, Price, Text};
use serde::Deserialize;
use utoipa::ToSchema;

use super::item_to_buy::ItemToBuy;
use super::quote_view::QuoteView;
use crate::app::App;
use crate::http::{Json, Path, Problem, Shopper};
use crate::service::purchases::QuoteAsk;
use crate::service::redemption::Redemption;

/// What is to be quoted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteOrder {
    /// What to buy; empty or absent is everything in the cart.
    #[serde(default)]
    items: Vec<ItemToBuy>,
    /// The coupons to use, at most 20.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    coupons: Vec<CouponId>,
    /// The points (적립금) to use.
    #[serde(default)]
    #[schema(value_type = i64, minimum = 0)]
    points_minor: Price,
    /// The postal code that it goes to; without one, as for a gift, the quote holds no surcharge for a remote area.
    #[schema(value_type = Option<String>, max_length = 20)]
    postal_code: Option<Text<20>>,
}

/// Quote an order.
#[utoipa::path(
    post,
    path = "/malls/{mall}/quotes",
    security(("access_token" = [])),
    params(("mall" = String, Path)),
    request_body = QuoteOrder,
    responses(
        (status = 200, body = QuoteView),
        (status = 409, description = "`not_on_sale`, `merchant_not_trading`, and what forbids a coupon or the points: \
            `coupon_not_yet_valid`, `coupon_over`, `coupon_taken`, `coupon_revoked`, `quote_coupon_stands_alone`, \
            `quote_coupon_minimum`, `quote_coupon_covers_nothing`, `quote_coupon_takes_nothing_off`, \
            `quote_coupon_elsewhere`, `quote_points_exceed_goods`"),
    ),
)]
pub async fn quote_order(
    State(app): State<App>,
    shopper: Shopper,
    Path(mall): Path<MallId>,
    Json(body): Json<QuoteOrder>,
) -> Result<Json<QuoteView>, Problem> {
    let items = body.items.into_iter().map(Into::into).collect();
    let redemption = Redemption { coupons: body.coupons, points: body.points_minor.amount() };
    let postal_code = body.postal_code.map(String::from);
    let ask = QuoteAsk { items, redemption, postal_code: postal_code.clone() };
    let quote = app.quote_own(shopper.member, &mall, ask, app.clock.now()).await?;
    Ok(Json(QuoteView::new(app.mall(&mall)?, &quote, postal_code.as_deref())))
}
