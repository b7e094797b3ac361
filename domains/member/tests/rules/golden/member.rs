//! One fixed sample of every event of a member's account.

use member::member::{
    Activated, AddressAdded, AddressId, AddressRemoved, Channel, ConsentSet, DefaultAddressSet, Event,
    FellDormant, Grade, GradeSet, Member, PasswordSet, ProfileChanged, Reactivated, Registered, Withdrawn,
};

use super::check;
use crate::sample::{day, email_hash, member_id, password, sealed, text};

fn address_id(last: u8) -> AddressId {
    AddressId::new(format!("0198d2c4-0000-7000-8000-{last:012x}")).unwrap()
}

fn lifetime() -> [Event; 4] {
    let member = member_id();
    let (email_hash, profile, password_hash) =
        (email_hash(1), sealed("cHJvZmlsZQ=="), Some(password("salt")));
    [
        Event::Registered(Registered { member, email_hash, profile, password_hash, at: day(1) }),
        Event::Activated(Activated { member, at: day(1) }),
        Event::PasswordSet(PasswordSet {
            member,
            password_hash: password("pepper"),
            session: None,
            at: day(2),
        }),
        Event::ProfileChanged(ProfileChanged { member, profile: sealed("b3RoZXI="), at: day(2) }),
    ]
}

fn addresses() -> [Event; 3] {
    let (member, address_id, other) = (member_id(), address_id(1), address_id(2));
    let added = AddressAdded {
        member,
        address_id: address_id.clone(),
        address: sealed("YWRkcmVzcw=="),
        default: true,
        at: day(3),
    };
    let removed = AddressRemoved { member, address_id, default_address_id: Some(other.clone()), at: day(4) };
    [
        Event::AddressAdded(added),
        Event::AddressRemoved(removed),
        Event::DefaultAddressSet(DefaultAddressSet { member, address_id: other, at: day(4) }),
    ]
}

fn standing() -> [Event; 5] {
    let member = member_id();
    [
        Event::ConsentSet(ConsentSet { member, channel: Channel::Email, granted: true, at: day(5) }),
        Event::GradeSet(GradeSet { member, grade: Grade::Gold, reason: text("A good year"), at: day(5) }),
        Event::FellDormant(FellDormant { member, at: day(6) }),
        Event::Reactivated(Reactivated { member, at: day(7) }),
        Event::Withdrawn(Withdrawn { member, email_hash: email_hash(1), at: day(8) }),
    ]
}

#[test]
fn every_member_event_keeps_its_shape() {
    let samples: Vec<Event> = lifetime().into_iter().chain(addresses()).chain(standing()).collect();
    check::<Member>(&samples);
}
