//! A member's account as it stands. Never here: a decision.

use std::collections::BTreeMap;

use kernel::id::MemberId;
use kernel::{Sealed, Timestamp};

use super::{
    AddressBook, Channel, Consent, ConsentSet, Event, Grade, Grades, PasswordSet, Registered, Standing,
};
use crate::{EmailHash, HonouredSessions, PasswordHash};

/// A member's account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// There is none.
    #[default]
    Absent,
    /// Somebody has it.
    Living(Box<Account>),
    /// The member left; nothing personal is kept.
    Withdrawn,
}

/// What is known of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub(super) member: MemberId,
    pub(super) standing: Standing,
    pub(super) email_hash: EmailHash,
    pub(super) profile: Sealed,
    pub(super) password_hash: Option<PasswordHash>,
    pub(super) honoured: HonouredSessions,
    pub(super) addresses: AddressBook,
    pub(super) consents: BTreeMap<Channel, Consent>,
    pub(super) grades: Grades,
}

impl State {
    /// How a living account stands.
    pub fn standing(&self) -> Option<Standing> {
        self.account().map(|account| account.standing)
    }

    /// Whether the account is in use.
    pub fn is_active(&self) -> bool {
        self.standing() == Some(Standing::Active)
    }

    /// The hash to verify a password against; none until an imported member set one.
    pub fn password_hash(&self) -> Option<&PasswordHash> {
        self.account().and_then(|account| account.password_hash.as_ref())
    }

    /// The sessions that a living account honours; one who left honours none.
    pub fn honoured_sessions(&self) -> Option<HonouredSessions> {
        self.account().map(|account| account.honoured)
    }

    /// The e-mail address of a living account.
    pub fn email_hash(&self) -> Option<&EmailHash> {
        self.account().map(|account| &account.email_hash)
    }

    /// Name, e-mail address and phone of a living account.
    pub fn profile(&self) -> Option<&Sealed> {
        self.account().map(|account| &account.profile)
    }

    /// The address book of a living account.
    pub fn addresses(&self) -> Option<&AddressBook> {
        self.account().map(|account| &account.addresses)
    }

    /// The member's last word on a channel; none if never asked, which means no.
    pub fn consent(&self, channel: Channel) -> Option<Consent> {
        self.account().and_then(|account| account.consents.get(&channel)).copied()
    }

    /// The grade of a living account.
    pub fn grade(&self) -> Option<Grade> {
        self.account().map(|account| account.grades.now())
    }

    /// The grade that a living account had at an instant.
    pub fn grade_at(&self, instant: Timestamp) -> Option<Grade> {
        self.account().map(|account| account.grades.at(instant))
    }

    fn account(&self) -> Option<&Account> {
        match self {
            Self::Living(account) => Some(account),
            Self::Absent | Self::Withdrawn => None,
        }
    }

    pub(super) fn evolve(self, event: &Event) -> Self {
        match event {
            Event::Registered(registered) => Self::Living(Box::new(Account::registered(registered))),
            Event::Activated(_) | Event::Reactivated(_) => self.standing_at(Standing::Active),
            Event::FellDormant(_) => self.standing_at(Standing::Dormant),
            Event::PasswordSet(set) => self.with(|it| it.set_password(set)),
            Event::ProfileChanged(changed) => self.with(|it| it.profile = changed.profile.clone()),
            Event::AddressAdded(added) => self.with(|it| it.addresses.add(added)),
            Event::AddressRemoved(removed) => self.with(|it| it.addresses.remove(removed)),
            Event::DefaultAddressSet(set) => self.with(|it| it.addresses.set_default(&set.address_id)),
            Event::ConsentSet(set) => self.with(|it| it.consent(set)),
            Event::GradeSet(set) => self.with(|it| it.grades.set(set.grade, set.at)),
            Event::Withdrawn(_) => Self::Withdrawn,
        }
    }

    fn standing_at(self, standing: Standing) -> Self {
        self.with(|account| account.standing = standing)
    }

    fn with(mut self, change: impl FnOnce(&mut Account)) -> Self {
        match &mut self {
            Self::Living(account) => change(account),
            Self::Absent | Self::Withdrawn => {}
        }
        self
    }
}

impl Account {
    fn registered(registered: &Registered) -> Self {
        Self {
            member: registered.member,
            standing: Standing::Registered,
            email_hash: registered.email_hash.clone(),
            profile: registered.profile.clone(),
            password_hash: registered.password_hash.clone(),
            honoured: HonouredSessions::default(),
            addresses: AddressBook::default(),
            consents: BTreeMap::new(),
            grades: Grades::default(),
        }
    }

    fn set_password(&mut self, set: &PasswordSet) {
        self.password_hash = Some(set.password_hash.clone());
        self.honoured = self.honoured.after_change(set.session);
    }

    fn consent(&mut self, set: &ConsentSet) {
        self.consents.insert(set.channel, Consent { granted: set.granted, since: set.at });
    }

    /// Whether marketing may be sent on a channel; never asked means no.
    pub(super) fn allows(&self, channel: Channel) -> bool {
        self.consents.get(&channel).is_some_and(|consent| consent.granted)
    }
}
