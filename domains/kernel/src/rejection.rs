//! How the business says no: a stable code and the kind of refusal, whatever the context.

/// The kind of a refusal. The edge turns it into a status; a saga into its next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RejectionKind {
    /// There is no such thing (or none that the caller may know of).
    NotFound,
    /// The thing's state doesn't allow it now.
    Conflict,
    /// The request itself breaks a rule, whatever the state.
    Invalid,
    /// The caller may not do this.
    Forbidden,
    /// What the caller shows to be let in is no good: they must sign in.
    Unauthenticated,
}

/// A refusal by a rule, as a typed error. Its `Display` is a sentence that a person can act on.
pub trait Rejection: std::error::Error + Send + Sync + 'static {
    /// A stable `snake_case` code, unique within its context, part of the public API.
    fn code(&self) -> &'static str;

    /// The kind of refusal.
    fn kind(&self) -> RejectionKind;
}
