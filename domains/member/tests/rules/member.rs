//! A member's account: its life, its address book, its consents.

use member::member::{
    Account, Activated, AddAddress, AddressAdded, AddressId, AddressRemoved, ChangeProfile, Channel, Command,
    ConsentSet, DefaultAddressSet, Event, FallDormant, FellDormant, Grade, GradeSet, Member, PasswordSet,
    ProfileChanged, Reactivate, Reactivated, Register, Registered, Rejection, RemoveAddress, SetConsent,
    SetDefaultAddress, SetGrade, SetPassword, Standing, State, Withdraw, Withdrawn, policy,
};

use crate::given::{Given, given};
use crate::sample::{day, email_hash, member_id, password, sealed, text};

fn register() -> Register {
    Register {
        member: member_id(),
        email_hash: email_hash(1),
        profile: sealed("profile"),
        password_hash: None,
        at: day(1),
    }
}

fn registered() -> Event {
    let Register { member, email_hash, profile, password_hash, at } = register();
    Event::Registered(Registered { member, email_hash, profile, password_hash, at })
}

fn activated() -> Event {
    Event::Activated(Activated { member: member_id(), at: day(1) })
}

fn address_id(number: usize) -> AddressId {
    AddressId::new(format!("00000000-0000-7000-8000-{number:012x}")).unwrap()
}

fn add(number: usize, default: bool) -> Command {
    let address = sealed(&format!("address {number}"));
    Command::AddAddress(AddAddress { address_id: address_id(number), address, default, at: day(2) })
}

fn added(number: usize, default: bool) -> Event {
    let (member, address) = (member_id(), sealed(&format!("address {number}")));
    Event::AddressAdded(AddressAdded { member, address_id: address_id(number), address, default, at: day(2) })
}

fn remove(number: usize) -> Command {
    Command::RemoveAddress(RemoveAddress { address_id: address_id(number), at: day(3) })
}

fn removed(number: usize, default: Option<usize>) -> Event {
    let default_address_id = default.map(address_id);
    let address_id = address_id(number);
    Event::AddressRemoved(AddressRemoved { member: member_id(), address_id, default_address_id, at: day(3) })
}

fn set_default(number: usize) -> Command {
    Command::SetDefaultAddress(SetDefaultAddress { address_id: address_id(number), at: day(3) })
}

fn set_password(salt: &str) -> Command {
    Command::SetPassword(SetPassword { password_hash: password(salt), session: None, at: day(2) })
}

fn change_profile(profile: &str) -> Command {
    Command::ChangeProfile(ChangeProfile { profile: sealed(profile), at: day(2) })
}

fn consent(granted: bool) -> Command {
    Command::SetConsent(SetConsent { channel: Channel::Sms, granted, at: day(2) })
}

fn consented(granted: bool) -> Event {
    Event::ConsentSet(ConsentSet { member: member_id(), channel: Channel::Sms, granted, at: day(2) })
}

fn grade(grade: Grade, on: u32) -> Command {
    Command::SetGrade(SetGrade { grade, reason: text("a good year"), at: day(on) })
}

fn fall_dormant() -> Command {
    Command::FallDormant(FallDormant { at: day(5) })
}

fn reactivate() -> Command {
    Command::Reactivate(Reactivate { at: day(6) })
}

fn withdraw() -> Command {
    Command::Withdraw(Withdraw { at: day(7) })
}

fn absent() -> Given<Member> {
    given([])
}

fn active() -> Given<Member> {
    given([registered(), activated()])
}

fn dormant() -> Given<Member> {
    active().and([fall_dormant()])
}

fn withdrawn() -> Given<Member> {
    active().and([withdraw()])
}

/// Every command but `Register`.
fn later_commands() -> [Command; 10] {
    [
        set_password("one"),
        change_profile("other"),
        add(1, true),
        remove(1),
        set_default(1),
        consent(true),
        grade(Grade::Gold, 2),
        fall_dormant(),
        reactivate(),
        withdraw(),
    ]
}

#[test]
fn a_sign_up_activates_at_once() {
    absent().when(Command::Register(register())).then_events([registered(), activated()]);
    assert!(active().state().is_active());
    assert_eq!(active().state().email_hash(), Some(&email_hash(1)));
}

#[test]
fn a_member_registers_once() {
    active().when(Command::Register(register())).then_nothing();
    let other = Register { email_hash: email_hash(2), ..register() };
    active().when(Command::Register(other)).then_refused(Rejection::AlreadyRegistered);
    withdrawn().when(Command::Register(register())).then_refused(Rejection::Withdrawn);
}

#[test]
fn an_absent_member_is_not_found() {
    for command in later_commands() {
        absent().when(command).then_refused(Rejection::NotFound);
    }
}

#[test]
fn a_withdrawn_member_does_nothing_more() {
    for command in later_commands().into_iter().filter(|command| *command != withdraw()) {
        withdrawn().when(command).then_refused(Rejection::Withdrawn);
    }
    withdrawn().when(withdraw()).then_nothing();
}

#[test]
fn a_dormant_member_is_reactivated_first() {
    for command in later_commands().into_iter().take(6) {
        dormant().when(command).then_refused(Rejection::Dormant);
    }
    dormant().when(fall_dormant()).then_nothing();
    let reactivated = Reactivated { member: member_id(), at: day(6) };
    dormant().when(reactivate()).then_events([Event::Reactivated(reactivated)]);
    assert!(dormant().and([reactivate()]).state().is_active());
}

#[test]
fn a_member_not_activated_yet_neither_rests_nor_wakes() {
    let registered_only = || given::<Member>([registered()]);
    assert_eq!(registered_only().state().standing(), Some(Standing::Registered));
    registered_only().when(fall_dormant()).then_refused(Rejection::NotActivated);
    registered_only().when(reactivate()).then_refused(Rejection::NotActivated);
}

#[test]
fn an_active_member_falls_dormant() {
    let fell = FellDormant { member: member_id(), at: day(5) };
    active().when(fall_dormant()).then_events([Event::FellDormant(fell)]);
    active().when(reactivate()).then_nothing();
    assert!(!dormant().state().is_active());
}

#[test]
fn withdrawing_names_the_address_that_became_free_and_keeps_nothing_personal() {
    let left = Withdrawn { member: member_id(), email_hash: email_hash(1), at: day(7) };
    active().when(withdraw()).then_events([Event::Withdrawn(left.clone())]);
    dormant().when(withdraw()).then_events([Event::Withdrawn(left)]);
    assert_eq!(withdrawn().state(), State::Withdrawn);
    assert_eq!(withdrawn().state().profile(), None);
}

#[test]
fn an_imported_member_sets_a_first_password() {
    assert_eq!(active().state().password_hash(), None);
    let set = PasswordSet { member: member_id(), password_hash: password("one"), session: None, at: day(2) };
    active().when(set_password("one")).then_events([Event::PasswordSet(set)]);
    active().and([set_password("one")]).when(set_password("one")).then_nothing();
    let state = active().and([set_password("one"), set_password("two")]).state();
    assert_eq!(state.password_hash(), Some(&password("two")));
}

#[test]
fn a_profile_changes_whole() {
    let changed = ProfileChanged { member: member_id(), profile: sealed("other"), at: day(2) };
    active().when(change_profile("other")).then_events([Event::ProfileChanged(changed)]);
    active().when(change_profile("profile")).then_nothing();
    let state = active().and([change_profile("other")]).state();
    assert_eq!(state.profile(), Some(&sealed("other")));
}

#[test]
fn the_first_address_is_the_default_in_any_case() {
    active().when(add(1, false)).then_events([added(1, true)]);
    active().and([add(1, false)]).when(add(2, false)).then_events([added(2, false)]);
    active().and([add(1, false)]).when(add(2, true)).then_events([added(2, true)]);
}

#[test]
fn an_address_id_names_one_address() {
    active().and([add(1, true)]).when(add(1, false)).then_nothing();
    let other = AddAddress { address_id: address_id(1), address: sealed("moved"), default: true, at: day(2) };
    let other = Command::AddAddress(other);
    active().and([add(1, true)]).when(other).then_refused(Rejection::AddressExists);
    let second = || active().and([add(1, true), add(2, false)]);
    second().when(add(2, true)).then_refused(Rejection::AddressExists);
}

#[test]
fn an_address_book_has_a_limit() {
    let full = || active().and((0..policy::ADDRESSES_MAX).map(|number| add(number, false)));
    full().when(add(policy::ADDRESSES_MAX, false)).then_refused(Rejection::AddressBookFull);
    full().when(add(0, false)).then_nothing();
    let room = full().and([remove(0)]);
    room.when(add(policy::ADDRESSES_MAX, false)).then_events([added(policy::ADDRESSES_MAX, false)]);
}

#[test]
fn removing_the_default_makes_the_oldest_left_the_default() {
    let three = || active().and([add(1, false), add(2, false), add(3, true)]);
    three().when(remove(3)).then_events([removed(3, Some(1))]);
    three().when(remove(1)).then_events([removed(1, Some(3))]);
    active().and([add(1, true)]).when(remove(1)).then_events([removed(1, None)]);
    three().when(remove(9)).then_nothing();
}

#[test]
fn another_address_becomes_the_default() {
    let two = || active().and([add(1, true), add(2, false)]);
    let set = DefaultAddressSet { member: member_id(), address_id: address_id(2), at: day(3) };
    two().when(set_default(2)).then_events([Event::DefaultAddressSet(set)]);
    two().when(set_default(1)).then_nothing();
    two().when(set_default(9)).then_refused(Rejection::AddressNotFound);
    let state = two().and([set_default(2)]).state();
    let book = state.addresses().unwrap();
    assert_eq!(book.default_id(), Some(&address_id(2)));
    assert_eq!(book.get(&address_id(1)), Some(&sealed("address 1")));
}

#[test]
fn marketing_needs_a_consent_that_was_never_asked_for_means_no() {
    active().when(consent(false)).then_nothing();
    active().when(consent(true)).then_events([consented(true)]);
    active().and([consent(true)]).when(consent(true)).then_nothing();
    active().and([consent(true)]).when(consent(false)).then_events([consented(false)]);
    let word = active().and([consent(true)]).state().consent(Channel::Sms).unwrap();
    assert_eq!((word.granted, word.since), (true, day(2)));
    assert_eq!(active().and([consent(true)]).state().consent(Channel::Email), None);
}

#[test]
fn a_dormant_member_can_still_take_a_consent_back() {
    let consenting = active().and([consent(true), fall_dormant()]);
    consenting.when(consent(false)).then_events([consented(false)]);
}

#[test]
fn everybody_begins_at_the_lowest_grade_and_an_operator_gives_another() {
    assert_eq!(active().state().grade(), Some(Grade::Basic));
    let (member, reason) = (member_id(), text("a good year"));
    let set = GradeSet { member, grade: Grade::Gold, reason, at: day(3) };
    active().when(grade(Grade::Gold, 3)).then_events([Event::GradeSet(set)]);
    active().when(grade(Grade::Basic, 3)).then_nothing();
    active().and([grade(Grade::Vip, 3)]).when(grade(Grade::Vip, 4)).then_nothing();
    let asleep = active().and([fall_dormant(), grade(Grade::Silver, 6)]);
    assert_eq!(asleep.state().grade(), Some(Grade::Silver), "also one at rest has a grade");
    assert_eq!(withdrawn().state().grade(), None);
}

#[test]
fn a_grade_counts_from_when_it_was_given() {
    let state = active().and([grade(Grade::Gold, 3), grade(Grade::Silver, 5)]).state();
    let then = |on: u32| state.grade_at(day(on)).unwrap();
    assert_eq!(
        [2, 3, 4, 5, 9].map(then),
        [Grade::Basic, Grade::Gold, Grade::Gold, Grade::Silver, Grade::Silver]
    );
}

#[test]
fn of_a_member_whose_grade_changes_all_the_time_the_oldest_is_forgotten() {
    let of = |nth: usize| if nth.is_multiple_of(2) { Grade::Gold } else { Grade::Silver };
    let changes = (0..=policy::GRADES_REMEMBERED).map(|nth| {
        let at = day(2) + std::time::Duration::from_secs(u64::try_from(nth).unwrap());
        Command::SetGrade(SetGrade { grade: of(nth), reason: text("again"), at })
    });
    let state = active().and(changes).state();
    assert_eq!(state.grade(), Some(of(policy::GRADES_REMEMBERED)));
    assert_eq!(state.grade_at(day(2)), Some(Grade::Basic), "the first change is forgotten");
    let second = day(2) + std::time::Duration::from_secs(1);
    assert_eq!(state.grade_at(second), Some(of(1)));
}

#[test]
fn personal_data_shows_in_no_debug_output() {
    let shown = format!("{:?}", active().and([add(1, true)]).state());
    assert!(shown.contains(std::any::type_name::<Account>().rsplit("::").next().unwrap()));
    assert!(!shown.contains("address 1"));
}
