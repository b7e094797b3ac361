//! A merchant: application, contract, bank account, API keys.

use std::collections::BTreeMap;

use kernel::Timestamp;
use kernel::id::ApiKeyId;
use member::merchant::{
    AgreeContract, ApiKeyIssued, ApiKeyRevoked, Applied, Apply, Approve, ApproveBankAccountChange, Approved,
    BankAccountChangeApproved, BankAccountChangeRejected, BankAccountChangeRequested, BusinessNumber, Close,
    Closed, Command, Contract, ContractAgreed, Event, IssueApiKey, KoreanNumber, Merchant, PasswordSet,
    Phase, Reject, RejectBankAccountChange, Rejected, Rejection, RequestBankAccountChange, Resume, Resumed,
    RevokeApiKey, SetPassword, SettlementCycle, Suspend, Suspended, policy,
};

use crate::given::{Given, given};
use crate::sample::{day, email_hash, id, merchant_id, operator_id, password, sealed, secret_hash, text};

fn apply() -> Apply {
    Apply {
        merchant: merchant_id(),
        name: text("Bukchon Tea"),
        business_number: BusinessNumber::Korean { number: KoreanNumber::new("1248100998").unwrap() },
        email_hash: email_hash(2),
        contact: sealed("contact"),
        bank_account: sealed("bank 1"),
        password_hash: Some(password("one")),
        at: day(1),
    }
}

fn applied() -> Event {
    let Apply { merchant, name, business_number, email_hash, contact, bank_account, password_hash, at } =
        apply();
    let application =
        Applied { merchant, name, business_number, email_hash, contact, bank_account, password_hash, at };
    Event::Applied(application)
}

fn contract(effective_from: Timestamp) -> Contract {
    let rate = |fraction: &str| serde_json::from_value(fraction.into()).unwrap();
    Contract {
        default_rate: rate("0.10"),
        category_rates: BTreeMap::from([(text("tea"), rate("0.05"))]),
        cycle: SettlementCycle::TwiceMonthly,
        effective_from,
    }
}

fn approve(contract: Contract) -> Command {
    Command::Approve(Approve { operator: operator_id(), contract, at: day(2) })
}

fn reject() -> Command {
    Command::Reject(Reject { operator: operator_id(), reason: text("no such business"), at: day(2) })
}

fn agree(contract: Contract) -> Command {
    Command::AgreeContract(AgreeContract { contract, at: day(3) })
}

fn suspend() -> Command {
    Command::Suspend(Suspend { reason: text("late dispatches"), at: day(4) })
}

fn resume() -> Command {
    Command::Resume(Resume { at: day(5) })
}

fn close() -> Command {
    Command::Close(Close { at: day(6) })
}

fn issue(number: usize) -> Command {
    let label = text("warehouse");
    Command::IssueApiKey(IssueApiKey {
        key: key(number),
        secret_hash: secret_hash(number),
        label,
        at: day(3),
    })
}

fn key(number: usize) -> ApiKeyId {
    id(u128::try_from(number).unwrap())
}

fn revoke(number: usize) -> Command {
    Command::RevokeApiKey(RevokeApiKey { key: key(number), at: day(4) })
}

fn set_password(salt: &str) -> Command {
    Command::SetPassword(SetPassword { password_hash: password(salt), session: None, at: day(3) })
}

fn request_account(account: &str) -> Command {
    Command::RequestBankAccountChange(RequestBankAccountChange { bank_account: sealed(account), at: day(3) })
}

fn approve_account() -> Command {
    Command::ApproveBankAccountChange(ApproveBankAccountChange { operator: operator_id(), at: day(4) })
}

fn absent() -> Given<Merchant> {
    given([])
}

fn applicant() -> Given<Merchant> {
    given([applied()])
}

fn trading() -> Given<Merchant> {
    applicant().and([approve(contract(day(2)))])
}

fn suspended() -> Given<Merchant> {
    trading().and([suspend()])
}

fn closed() -> Given<Merchant> {
    trading().and([close()])
}

fn rejected() -> Given<Merchant> {
    applicant().and([reject()])
}

/// What only a merchant who was taken on may do.
fn engaged_commands() -> [Command; 8] {
    [
        agree(contract(day(9))),
        suspend(),
        resume(),
        issue(1),
        revoke(1),
        request_account("bank 2"),
        approve_account(),
        close(),
    ]
}

#[test]
fn somebody_applies_to_sell() {
    absent().when(Command::Apply(apply())).then_events([applied()]);
    applicant().when(Command::Apply(apply())).then_nothing();
    let other = Apply { name: text("Other"), ..apply() };
    applicant().when(Command::Apply(other)).then_refused(Rejection::AlreadyApplied);
    for later in [trading(), suspended(), closed(), rejected()] {
        later.when(Command::Apply(apply())).then_refused(Rejection::AlreadyApplied);
    }
}

#[test]
fn an_absent_merchant_is_not_found() {
    let others = [approve(contract(day(2))), reject(), set_password("two")];
    for command in engaged_commands().into_iter().chain(others) {
        absent().when(command).then_refused(Rejection::NotFound);
    }
}

#[test]
fn only_an_approved_merchant_trades() {
    assert!(trading().state().trades());
    for other in [absent(), applicant(), suspended(), closed(), rejected()] {
        assert!(!other.state().trades());
    }
    assert_eq!(applicant().state().phase(), Some(Phase::Applied));
    assert_eq!(applicant().state().name(), Some(&text("Bukchon Tea")));
}

#[test]
fn an_applicant_is_approved_under_a_contract() {
    let (merchant, operator, contract) = (merchant_id(), operator_id(), contract(day(2)));
    let approved = Approved { merchant, operator, contract: contract.clone(), at: day(2) };
    applicant().when(approve(contract.clone())).then_events([Event::Approved(approved)]);
    trading().when(approve(contract)).then_nothing();
}

#[test]
fn an_application_is_decided_once() {
    trading().when(approve(contract(day(9)))).then_refused(Rejection::AlreadyDecided);
    trading().when(reject()).then_refused(Rejection::AlreadyDecided);
    suspended().when(approve(contract(day(2)))).then_refused(Rejection::AlreadyDecided);
    rejected().when(approve(contract(day(2)))).then_refused(Rejection::Rejected);
    closed().when(approve(contract(day(2)))).then_refused(Rejection::Closed);
    closed().when(reject()).then_refused(Rejection::Closed);
}

#[test]
fn an_applicant_is_rejected_for_good() {
    let (merchant, operator, reason) = (merchant_id(), operator_id(), text("no such business"));
    let turned_down = Rejected { merchant, email_hash: email_hash(2), operator, reason, at: day(2) };
    applicant().when(reject()).then_events([Event::Rejected(turned_down)]);
    rejected().when(reject()).then_nothing();
    for command in engaged_commands() {
        rejected().when(command).then_refused(Rejection::Rejected);
    }
}

#[test]
fn an_applicant_may_not_yet_do_what_a_merchant_may() {
    for command in engaged_commands() {
        applicant().when(command).then_refused(Rejection::NotApproved);
    }
}

#[test]
fn a_closed_merchant_does_nothing_more() {
    for command in engaged_commands().into_iter().filter(|command| *command != close()) {
        closed().when(command).then_refused(Rejection::Closed);
    }
    closed().when(set_password("two")).then_refused(Rejection::Closed);
    closed().when(close()).then_nothing();
}

#[test]
fn a_merchant_is_suspended_and_resumes() {
    let stopped = Suspended { merchant: merchant_id(), reason: text("late dispatches"), at: day(4) };
    trading().when(suspend()).then_events([Event::Suspended(stopped)]);
    suspended().when(suspend()).then_nothing();
    let resumed = Resumed { merchant: merchant_id(), at: day(5) };
    suspended().when(resume()).then_events([Event::Resumed(resumed)]);
    trading().when(resume()).then_nothing();
}

#[test]
fn closing_ends_every_key_and_password() {
    let parted = Closed { merchant: merchant_id(), email_hash: email_hash(2), at: day(6) };
    trading().when(close()).then_events([Event::Closed(parted.clone())]);
    suspended().when(close()).then_events([Event::Closed(parted)]);
    let state = trading().and([issue(1), close()]).state();
    assert_eq!(state.api_key(key(1)), None);
    assert_eq!(state.password_hash(), None);
}

#[test]
fn a_contract_is_never_retroactive() {
    applicant().when(approve(contract(day(1)))).then_refused(Rejection::ContractRetroactive);
    trading().when(agree(contract(day(1)))).then_refused(Rejection::ContractRetroactive);
    let next = || trading().and([agree(contract(day(20)))]);
    let shorter = Contract { cycle: SettlementCycle::Daily, ..contract(day(20)) };
    next().when(agree(shorter)).then_refused(Rejection::ContractNotLater);
    next().when(agree(contract(day(19)))).then_refused(Rejection::ContractNotLater);
}

#[test]
fn a_first_contract_is_in_force_at_once() {
    applicant().when(approve(contract(day(3)))).then_refused(Rejection::ContractNotInForce);
    let state = trading().state();
    assert!(state.trades() && state.contract_at(day(2)).is_some());
}

#[test]
fn the_next_contract_is_agreed_once() {
    let agreed = ContractAgreed { merchant: merchant_id(), contract: contract(day(9)), at: day(3) };
    trading().when(agree(contract(day(9)))).then_events([Event::ContractAgreed(agreed.clone())]);
    suspended().when(agree(contract(day(9)))).then_events([Event::ContractAgreed(agreed)]);
    trading().and([agree(contract(day(9)))]).when(agree(contract(day(9)))).then_nothing();
}

#[test]
fn the_contract_in_force_is_the_last_one_that_took_effect() {
    let state = trading().and([agree(contract(day(9)))]).state();
    let from = |instant| state.contract_at(instant).map(|contract| contract.effective_from);
    assert_eq!(from(day(1)), None);
    assert_eq!(from(day(2)), Some(day(2)));
    assert_eq!(from(day(8)), Some(day(2)));
    assert_eq!(from(day(9)), Some(day(9)));
    assert_eq!(from(day(31)), Some(day(9)));
}

#[test]
fn a_category_has_its_own_rate_or_the_default() {
    let contract = contract(day(2));
    assert_eq!(contract.rate_for("coffee"), contract.default_rate);
    assert_eq!(contract.rate_for("tea"), contract.category_rates[&text("tea")]);
    assert_ne!(contract.rate_for("tea"), contract.default_rate);
}

#[test]
fn the_rates_of_a_contract_have_a_limit() {
    let rates =
        |count: usize| (0..count).map(|number| (text(&number.to_string()), kernel::Rate::ZERO)).collect();
    let with = |count| Contract { category_rates: rates(count), ..contract(day(9)) };
    let too_many = with(policy::CATEGORY_RATES_MAX + 1);
    trading().when(agree(too_many.clone())).then_refused(Rejection::TooManyCategoryRates);
    applicant().when(approve(too_many)).then_refused(Rejection::TooManyCategoryRates);
    trading().and([agree(with(policy::CATEGORY_RATES_MAX))]);
}

#[test]
fn an_api_key_is_issued_and_revoked_for_good() {
    let (merchant, key_id, label) = (merchant_id(), key(1), text("warehouse"));
    let issued = ApiKeyIssued { merchant, key: key_id, secret_hash: secret_hash(1), label, at: day(3) };
    trading().when(issue(1)).then_events([Event::ApiKeyIssued(issued)]);
    assert_eq!(trading().and([issue(1)]).state().api_key(key(1)), Some(&secret_hash(1)));
    let ended = ApiKeyRevoked { merchant, key: key_id, at: day(4) };
    trading().and([issue(1)]).when(revoke(1)).then_events([Event::ApiKeyRevoked(ended)]);
    let gone = || trading().and([issue(1), revoke(1)]);
    assert_eq!(gone().state().api_key(key(1)), None);
    gone().when(revoke(1)).then_nothing();
    gone().when(issue(1)).then_refused(Rejection::ApiKeyRevoked);
    trading().when(revoke(1)).then_refused(Rejection::ApiKeyNotFound);
}

#[test]
fn an_api_key_id_names_one_key() {
    trading().and([issue(1)]).when(issue(1)).then_nothing();
    let label = text("warehouse");
    let other =
        Command::IssueApiKey(IssueApiKey { key: key(1), secret_hash: secret_hash(2), label, at: day(3) });
    trading().and([issue(1)]).when(other).then_refused(Rejection::ApiKeyExists);
}

#[test]
fn so_many_api_keys_are_good_at_a_time() {
    let full = || trading().and((0..policy::API_KEYS_LIVE_MAX).map(issue));
    full().when(issue(policy::API_KEYS_LIVE_MAX)).then_refused(Rejection::TooManyApiKeys);
    let keys = full().and([revoke(0), issue(policy::API_KEYS_LIVE_MAX)]).state().api_keys().count();
    assert_eq!(keys, policy::API_KEYS_LIVE_MAX);
}

#[test]
fn a_suspended_merchant_keeps_its_keys_to_deliver_what_is_sold() {
    let state = trading().and([issue(1), suspend()]).state();
    assert!(state.api_key(key(1)).is_some());
}

#[test]
fn a_password_is_replaced_while_the_merchant_is_there() {
    let set =
        PasswordSet { merchant: merchant_id(), password_hash: password("two"), session: None, at: day(3) };
    for there in [applicant(), trading(), suspended()] {
        there.when(set_password("two")).then_events([Event::PasswordSet(set.clone())]);
    }
    trading().when(set_password("one")).then_nothing();
    rejected().when(set_password("two")).then_refused(Rejection::Rejected);
}

#[test]
fn a_bank_account_changes_when_an_operator_approves() {
    let (merchant, bank_account) = (merchant_id(), sealed("bank 2"));
    let asked = BankAccountChangeRequested { merchant, bank_account: bank_account.clone(), at: day(3) };
    trading().when(request_account("bank 2")).then_events([Event::BankAccountChangeRequested(asked)]);
    let waiting = || trading().and([request_account("bank 2")]);
    assert_eq!(waiting().state().bank_account(), Some(&sealed("bank 1")));
    assert_eq!(waiting().state().requested_bank_account(), Some(&sealed("bank 2")));
    let operator = operator_id();
    let approved = BankAccountChangeApproved { merchant, bank_account, operator, at: day(4) };
    waiting().when(approve_account()).then_events([Event::BankAccountChangeApproved(approved)]);
    assert_eq!(waiting().and([approve_account()]).state().bank_account(), Some(&sealed("bank 2")));
}

#[test]
fn a_bank_account_is_asked_for_once_and_approved_once() {
    trading().when(request_account("bank 1")).then_nothing();
    trading().and([request_account("bank 2")]).when(request_account("bank 2")).then_nothing();
    trading().when(approve_account()).then_refused(Rejection::NoBankAccountChange);
    let done = trading().and([request_account("bank 2"), approve_account()]);
    done.when(approve_account()).then_refused(Rejection::NoBankAccountChange);
}

#[test]
fn a_later_request_replaces_the_one_that_waits() {
    let state = trading().and([request_account("bank 2"), request_account("bank 3")]).state();
    assert_eq!(state.requested_bank_account(), Some(&sealed("bank 3")));
}

#[test]
fn a_bank_account_that_is_turned_down_changes_nothing_but_says_why() {
    let (merchant, operator, reason) = (merchant_id(), operator_id(), text("another holder"));
    let reject = || {
        let reason = text("another holder");
        Command::RejectBankAccountChange(RejectBankAccountChange {
            operator: operator_id(),
            reason,
            at: day(4),
        })
    };
    let waiting = || trading().and([request_account("bank 2")]);
    let rejected = BankAccountChangeRejected { merchant, operator, reason: reason.clone(), at: day(4) };
    waiting().when(reject()).then_events([Event::BankAccountChangeRejected(rejected)]);
    let state = waiting().and([reject()]).state();
    assert_eq!((state.bank_account(), state.requested_bank_account()), (Some(&sealed("bank 1")), None));
    assert_eq!(state.bank_account_rejection(), Some(&reason));
    trading().when(reject()).then_refused(Rejection::NoBankAccountChange);
    waiting().and([reject()]).when(approve_account()).then_refused(Rejection::NoBankAccountChange);
    let asked_again = waiting().and([reject(), request_account("bank 3")]).state();
    assert_eq!(asked_again.bank_account_rejection(), None);
}
