//! An operator's account as it stands. Never here: a decision.

use std::collections::BTreeSet;

use kernel::Text;
use kernel::id::OperatorId;

use super::{Created, Event, PasswordSet, Role};
use crate::{EmailHash, HonouredSessions, PasswordHash};

/// An operator's account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// There is none.
    #[default]
    Absent,
    /// It may be used.
    Enabled(Box<Staff>),
    /// It is locked.
    Disabled(Box<Staff>),
}

/// What is known of an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    pub(super) operator: OperatorId,
    pub(super) name: Text<80>,
    pub(super) email_hash: EmailHash,
    pub(super) password_hash: PasswordHash,
    pub(super) honoured: HonouredSessions,
    pub(super) roles: BTreeSet<Role>,
}

impl State {
    /// The roles, whether enabled or not; none where there is no account.
    pub fn roles(&self) -> impl Iterator<Item = Role> + '_ {
        self.staff().into_iter().flat_map(|staff| staff.roles.iter().copied())
    }

    /// Whether the operator may do what a role opens. An admin may everything, a disabled operator nothing.
    pub fn may(&self, role: Role) -> bool {
        self.is_enabled() && self.roles().any(|held| held == role || held == Role::Admin)
    }

    /// Whether the account may be used.
    pub const fn is_enabled(&self) -> bool {
        matches!(self, Self::Enabled(_))
    }

    /// The staff name.
    pub fn name(&self) -> Option<&Text<80>> {
        self.staff().map(|staff| &staff.name)
    }

    /// The hash to verify a password against; whether signing in is allowed is [`State::is_enabled`].
    pub fn password_hash(&self) -> Option<&PasswordHash> {
        self.staff().map(|staff| &staff.password_hash)
    }

    /// The sessions that the account honours, whether enabled or not.
    pub fn honoured_sessions(&self) -> Option<HonouredSessions> {
        self.staff().map(|staff| staff.honoured)
    }

    /// The e-mail address.
    pub fn email_hash(&self) -> Option<&EmailHash> {
        self.staff().map(|staff| &staff.email_hash)
    }

    fn staff(&self) -> Option<&Staff> {
        match self {
            Self::Absent => None,
            Self::Enabled(staff) | Self::Disabled(staff) => Some(staff),
        }
    }

    pub(super) fn evolve(self, event: &Event) -> Self {
        match event {
            Event::Created(created) => Self::Enabled(Box::new(Staff::created(created))),
            Event::RolesSet(set) => self.with(|staff| staff.roles.clone_from(&set.roles)),
            Event::PasswordSet(set) => self.with(|staff| staff.set_password(set)),
            Event::Disabled(_) => self.disabled(),
            Event::Enabled(_) => self.enabled(),
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Staff)) -> Self {
        match &mut self {
            Self::Absent => {}
            Self::Enabled(staff) | Self::Disabled(staff) => change(staff),
        }
        self
    }

    fn disabled(self) -> Self {
        match self {
            Self::Absent => Self::Absent,
            Self::Enabled(staff) | Self::Disabled(staff) => Self::Disabled(staff),
        }
    }

    fn enabled(self) -> Self {
        match self {
            Self::Absent => Self::Absent,
            Self::Enabled(staff) | Self::Disabled(staff) => Self::Enabled(staff),
        }
    }
}

impl Staff {
    fn created(created: &Created) -> Self {
        Self {
            operator: created.operator,
            name: created.name.clone(),
            email_hash: created.email_hash.clone(),
            password_hash: created.password_hash.clone(),
            honoured: HonouredSessions::default(),
            roles: created.roles.clone(),
        }
    }

    fn set_password(&mut self, set: &PasswordSet) {
        self.password_hash = set.password_hash.clone();
        self.honoured = self.honoured.after_change(set.session);
    }
}
