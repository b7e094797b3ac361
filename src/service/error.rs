//! Why a use of the application came to nothing.

use eventstore::{CommandError, ReadError};
use kernel::id::{MerchantId, ProductId, SkuId};
use kernel::{Amount, Currency, MallId, Rejection, RejectionKind};

use crate::carts::CartError;
use crate::gateways::GatewayError;
use crate::vault::VaultError;

/// Why a use of the application came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// A command was refused or failed.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// The cart was refused or failed.
    #[error(transparent)]
    Cart(#[from] CartError),
    /// Personal data can't be sealed or opened.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The gateway or bank gave no answer.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// Too many passwords wait to be hashed or verified.
    #[error("too many passwords wait to be hashed or verified")]
    PasswordsBusy,
    /// The read models' database failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// Something that holds by construction does not.
    #[error("this should not happen: {0}")]
    Broken(String),
}

impl From<ReadError> for ServiceError {
    fn from(error: ReadError) -> Self {
        CommandError::from(error).into()
    }
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        Self::refused(refusal)
    }
}

impl ServiceError {
    /// A rule, of whatever context, says no.
    pub fn refused(rejection: impl Rejection) -> Self {
        Self::Command(CommandError::Rejected(Box::new(rejection)))
    }
}

/// Rules that span contexts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such mall.
    #[error("there is no mall `{0}`")]
    MallNotFound(MallId),
    /// No such thing, or none that the caller may know of.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The product isn't sold now.
    #[error("product {0} is not on sale")]
    NotOnSale(ProductId),
    /// The product has no such variant.
    #[error("product {product} has no variant {sku}")]
    UnknownSku {
        /// The product.
        product: ProductId,
        /// The variant asked for.
        sku: SkuId,
    },
    /// The merchant doesn't sell now.
    #[error("merchant {0} does not sell at the moment")]
    MerchantNotTrading(MerchantId),
    /// Another currency than the mall's.
    #[error("the mall trades in {expected}, not in {found}")]
    OtherCurrency {
        /// The mall's.
        expected: Currency,
        /// The one given.
        found: Currency,
    },
    /// The total isn't what the shopper saw: a price or fee has changed.
    #[error("the total is now {now}, not {seen}: a price or a fee has changed")]
    TotalChanged {
        /// What the shopper saw.
        seen: Amount,
        /// What it is.
        now: Amount,
    },
    /// The tenders don't add up.
    #[error("the tenders add up to {found}, the order's total is {expected}")]
    TendersDiffer {
        /// The order's total.
        expected: Amount,
        /// The tenders' sum.
        found: Amount,
    },
    /// A delivery fee that a carrier quotes, where nobody asks carriers.
    #[error("no carrier is asked for quotes here: choose `free`, `fixed` or `free_over`")]
    QuotesNotTaken,
    /// A merchant's delivery is quoted order by order, and there is no quote.
    #[error("what merchant {0} charges for delivery is not known: no carrier has quoted it")]
    DeliveryNotQuoted(MerchantId),
    /// Fewer points than none, or more than there can be.
    #[error("points are 0 or more, and no more than an account can hold")]
    PointsOutOfRange,
    /// Nothing was asked for.
    #[error("there is nothing in the order")]
    NothingToBuy,
    /// Wrong e-mail address or password.
    #[error("the e-mail address or the password is wrong")]
    WrongCredentials,
    /// Who is signed in doesn't know the password in force.
    #[error("the current password is wrong")]
    WrongPassword,
    /// The session is over: logged out, expired, or its token was used twice.
    #[error("the session is over: log in again")]
    SessionOver,
    /// An account of this kind needs a password.
    #[error("a password is needed")]
    PasswordMissing,
    /// A refund that nobody claims failed: somebody looks before it is tried again.
    #[error("the refund failed ({reason}): look at it first, then have it tried again from {from}")]
    LookFirst {
        /// Why it failed.
        reason: String,
        /// From when on it can be tried again.
        from: kernel::Timestamp,
    },
    /// Nothing is to be refunded once more.
    #[error("no refund of this claim has failed")]
    NothingFailed,
    /// A gift's recipient lives where delivery costs more than was paid for it.
    #[error("delivery to this address costs more than was paid for the gift: name another address")]
    GiftToRemoteArea,
    /// The goods may still come.
    #[error("the last pick-up is still under way")]
    PickupUnderWay,
    /// The goods have left.
    #[error("a shipment with these pieces has already left")]
    AlreadyDispatched,
    /// What a saga could not be given still can't be read by this release.
    #[error("this release can't read it either: {0}")]
    StillUnreadable(String),
    /// More rows than one export has.
    #[error("an export has at most {most} rows: ask for a shorter period")]
    ExportTooLong {
        /// How many it can have.
        most: i64,
    },
    /// A category with that code doesn't exist or was retired.
    #[error("there is no category `{0}`")]
    UnknownCategory(String),
}

impl Rejection for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::MallNotFound(_) => "mall_not_found",
            Self::NotFound(_) => "not_found",
            Self::NotOnSale(_) => "not_on_sale",
            Self::UnknownSku { .. } => "unknown_sku",
            Self::MerchantNotTrading(_) => "merchant_not_trading",
            Self::OtherCurrency { .. } => "other_currency",
            Self::TotalChanged { .. } => "total_changed",
            Self::TendersDiffer { .. } => "tenders_differ",
            Self::QuotesNotTaken => "quotes_not_taken",
            Self::DeliveryNotQuoted(_) => "delivery_not_quoted",
            Self::PointsOutOfRange => "points_out_of_range",
            Self::NothingToBuy => "nothing_to_buy",
            Self::WrongCredentials => "wrong_credentials",
            Self::WrongPassword => "wrong_password",
            Self::SessionOver => "session_over",
            Self::PasswordMissing => "password_missing",
            Self::LookFirst { .. } => "look_first",
            Self::NothingFailed => "nothing_failed",
            Self::GiftToRemoteArea => "gift_to_remote_area",
            Self::PickupUnderWay => "pickup_under_way",
            Self::AlreadyDispatched => "already_dispatched",
            Self::StillUnreadable(_) => "still_unreadable",
            Self::ExportTooLong { .. } => "export_too_long",
            Self::UnknownCategory(_) => "unknown_category",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::MallNotFound(_) | Self::NotFound(_) => RejectionKind::NotFound,
            Self::NotOnSale(_)
            | Self::MerchantNotTrading(_)
            | Self::DeliveryNotQuoted(_)
            | Self::TotalChanged { .. }
            | Self::LookFirst { .. }
            | Self::NothingFailed
            | Self::PickupUnderWay
            | Self::StillUnreadable(_)
            | Self::AlreadyDispatched => RejectionKind::Conflict,
            Self::UnknownSku { .. }
            | Self::OtherCurrency { .. }
            | Self::TendersDiffer { .. }
            | Self::QuotesNotTaken
            | Self::PointsOutOfRange
            | Self::NothingToBuy
            | Self::GiftToRemoteArea
            | Self::PasswordMissing
            | Self::ExportTooLong { .. }
            | Self::UnknownCategory(_) => RejectionKind::Invalid,
            Self::WrongCredentials | Self::SessionOver => RejectionKind::Unauthenticated,
            Self::WrongPassword => RejectionKind::Forbidden,
        }
    }
}
