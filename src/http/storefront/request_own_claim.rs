//! `POST /storefront/v1/orders/{order}/claims`: a shopper cancels or returns pieces of their order.

use axum::extract::State;
use axum::http::StatusCode;
use claim::Claim;
use claim::value::{Party, Reason};
use kernel::Quantity;
use kernel::id::{ClaimId, OrderId};
use order::value::{ClaimKind, ClaimablePieces, LineNo, LineQuantity};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{Json, Path, Position, Problem, Shopper, Version, Write, Written};
use crate::service::claims::ClaimAsk;

/// A claim to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestOwnClaim {
    /// What is asked for.
    kind: OwnClaimKind,
    /// Why: `changed_mind`, `wrong_order`, `late`; for a return also `defective`, `wrong_item`, `damaged_in_transit`;
    /// for a cancel also `lost`, once the carrier lost the parcel or brought it back to its sender.
    #[schema(value_type = String, example = "changed_mind")]
    reason: Reason,
    /// Which pieces, all sold by one merchant: make one claim per merchant.
    lines: Vec<LineToClaim>,
}

/// What a shopper can ask for.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum OwnClaimKind {
    /// That goods be not sent (취소).
    Cancel,
    /// That goods go back (반품).
    Return,
}

/// Pieces of a line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LineToClaim {
    /// The line's number.
    line: u16,
    /// How many pieces of it.
    #[schema(value_type = u32, minimum = 1)]
    quantity: Quantity,
}

/// Claim pieces of my order.
#[utoipa::path(
    post,
    path = "/orders/{order}/claims",
    security(("access_token" = [])),
    params(("order" = Uuid, Path)),
    request_body = RequestOwnClaim,
    responses(
        (status = 201, body = Written),
        (status = 409, description = "`not_enough`, `not_paid`"),
        (status = 422, description = "`several_merchants`, `reason_does_not_fit`, …")
    ),
)]
pub async fn request_own_claim(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    write: Write<RequestOwnClaim>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let actor = shopper.actor();
    let context = write.intent(actor.clone(), app.clock.now());
    let claim = ClaimId(write.derive(&actor, "claim"));
    let RequestOwnClaim { kind, reason, lines } = write.body;
    let lines = lines.into_iter().map(Into::into).collect();
    let ask = ClaimAsk {
        claim,
        order,
        kind: kind.into(),
        pieces: ClaimablePieces::Unconfirmed,
        lines,
        reason,
        by: Party::Shopper,
        merchant: None,
    };
    let outcome = app.request_own_claim(&context, shopper.member, &ask).await?;
    Ok((StatusCode::CREATED, Written::reply::<Claim>(&claim, claim.0, &outcome)))
}

impl From<OwnClaimKind> for ClaimKind {
    fn from(kind: OwnClaimKind) -> Self {
        match kind {
            OwnClaimKind::Cancel => Self::Cancel,
            OwnClaimKind::Return => Self::Return,
        }
    }
}

impl From<LineToClaim> for LineQuantity {
    fn from(asked: LineToClaim) -> Self {
        Self { line: LineNo(asked.line), quantity: asked.quantity }
    }
}
