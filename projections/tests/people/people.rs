//! What operators see of members, merchants and operators.

use kernel::id::{MemberId, MerchantId, OperatorId};
use kernel::{Rate, Sealed, Text};
use member::merchant::{self, BusinessNumber, Contract, KoreanNumber, SettlementCycle};
use member::operator::{self, Role};
use member::{EmailHash, Member, Merchant, Operator, PasswordHash, member as account};
use projections::people::People;
use projections::people::query::{self, Phase};
use sqlx::types::Decimal;

use crate::house::{House, id, minute};

fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::new(text).unwrap()
}

fn sealed() -> Sealed {
    Sealed("sealed".into())
}

fn email_hash() -> EmailHash {
    EmailHash::new("0".repeat(32)).unwrap()
}

fn contract(percent: i64, cycle: SettlementCycle, from: i64) -> Contract {
    let default_rate = Rate::new(Decimal::new(percent, 2)).unwrap();
    Contract {
        default_rate,
        category_rates: [(text("cups"), Rate::ZERO)].into(),
        cycle,
        effective_from: minute(from),
    }
}

async fn apply(house: &House, name: &str, at: i64) -> MerchantId {
    let merchant = MerchantId(id());
    let apply = merchant::Apply {
        merchant,
        name: text(name),
        business_number: BusinessNumber::Korean { number: KoreanNumber::new("124-81-00998").unwrap() },
        email_hash: email_hash(),
        contact: sealed(),
        bank_account: sealed(),
        password_hash: None,
        at: minute(at),
    };
    house.does::<Merchant>(&merchant, merchant::Command::Apply(apply)).await;
    merchant
}

async fn approve(house: &House, merchant: MerchantId, contract: Contract) {
    let approve = merchant::Approve { operator: OperatorId(id()), contract, at: minute(1) };
    house.does::<Merchant>(&merchant, merchant::Command::Approve(approve)).await;
}

async fn register(house: &House, at: i64) -> MemberId {
    let member = MemberId(id());
    let register = account::Register {
        member,
        email_hash: email_hash(),
        profile: sealed(),
        password_hash: None,
        at: minute(at),
    };
    house.does::<Member>(&member, account::Command::Register(register)).await;
    member
}

async fn employ(house: &House) -> OperatorId {
    let operator = OperatorId(id());
    let create = operator::Create {
        operator,
        name: text("Kim"),
        email_hash: email_hash(),
        password_hash: PasswordHash::new("$argon2id$v=19$m=19456,t=2,p=1$salt$aGFzaA").unwrap(),
        roles: [Role::Finance].into(),
        at: minute(1),
    };
    house.does::<Operator>(&operator, operator::Command::Create(create)).await;
    operator
}

#[tokio::test]
async fn a_merchant_is_seen_through_its_phases() {
    let house = House::open::<People>().await;
    let merchant = apply(&house, "Kiln", 0).await;
    house.seen::<People>().await;
    let applied = query::merchant(&house.pool, merchant, minute(5)).await.unwrap().unwrap();
    assert_eq!((applied.phase.as_str(), applied.country.as_str()), ("applied", "KR"));
    assert_eq!((applied.business_number.as_str(), applied.default_rate), ("1248100998", None));

    approve(&house, merchant, contract(10, SettlementCycle::Weekly, 1)).await;
    let suspend = merchant::Suspend { reason: text("late"), at: minute(2) };
    house.does::<Merchant>(&merchant, merchant::Command::Suspend(suspend)).await;
    let change = merchant::RequestBankAccountChange { bank_account: Sealed("other".into()), at: minute(3) };
    let last = house.does::<Merchant>(&merchant, merchant::Command::RequestBankAccountChange(change)).await;
    house.seen::<People>().await;
    let suspended = query::merchant(&house.pool, merchant, minute(5)).await.unwrap().unwrap();
    assert_eq!((suspended.phase.as_str(), suspended.reason.as_deref()), ("suspended", Some("late")));
    assert!(suspended.bank_account_change_pending);
    assert_eq!(u64::try_from(suspended.position).unwrap(), last.0);
    house.close().await;
}

#[tokio::test]
async fn the_contract_in_force_is_the_last_one_that_took_effect() {
    let house = House::open::<People>().await;
    let merchant = apply(&house, "Kiln", 0).await;
    approve(&house, merchant, contract(10, SettlementCycle::Weekly, 1)).await;
    let contract = contract(12, SettlementCycle::Daily, 20);
    let agree = merchant::Command::AgreeContract(merchant::AgreeContract { contract, at: minute(2) });
    house.does::<Merchant>(&merchant, agree).await;
    house.seen::<People>().await;
    for (now, rate, cycle) in [
        (0, None, None),
        (1, Some(10), Some("weekly")),
        (19, Some(10), Some("weekly")),
        (20, Some(12), Some("daily")),
    ] {
        let seen = query::merchant(&house.pool, merchant, minute(now)).await.unwrap().unwrap();
        assert_eq!(seen.default_rate, rate.map(|percent| Decimal::new(percent, 2)), "minute {now}");
        assert_eq!(seen.cycle.as_deref(), cycle, "minute {now}");
    }
    house.close().await;
}

#[tokio::test]
async fn merchants_are_paged_by_phase_the_last_to_apply_first() {
    let house = House::open::<People>().await;
    for (name, at) in [("A", 1), ("B", 3), ("C", 2)] {
        apply(&house, name, at).await;
    }
    approve(&house, apply(&house, "D", 0).await, contract(10, SettlementCycle::Weekly, 1)).await;
    house.seen::<People>().await;
    let page = |cursor| query::merchants(&house.pool, Some(Phase::Applied), minute(5), cursor, 2);
    let first = page(None).await.unwrap();
    let second = page(first.next).await.unwrap();
    let names: Vec<_> = first.items.iter().chain(&second.items).map(|row| row.name.as_str()).collect();
    assert_eq!((names, second.next), (vec!["B", "C", "A"], None));
    house.close().await;
}

#[tokio::test]
async fn a_members_standing_is_all_that_is_told() {
    let house = House::open::<People>().await;
    let (early, late) = (register(&house, 1).await, register(&house, 2).await);
    let withdraw = account::Command::Withdraw(account::Withdraw { at: minute(3) });
    house.does::<Member>(&early, withdraw).await;
    house.seen::<People>().await;
    let page = query::members(&house.pool, None, 10).await.unwrap();
    let seen: Vec<_> = page.items.iter().map(|row| (row.member, row.standing.as_str())).collect();
    assert_eq!(seen, [(late.0, "active"), (early.0, "withdrawn")]);
    assert_eq!(query::member(&house.pool, early).await.unwrap().unwrap().registered_at, minute(1));
    house.close().await;
}

#[tokio::test]
async fn an_operators_roles_and_right_to_sign_in_are_seen() {
    let house = House::open::<People>().await;
    let operator = employ(&house).await;
    let roles = operator::SetRoles { roles: [Role::Admin, Role::Support].into(), at: minute(2) };
    house.does::<Operator>(&operator, operator::Command::SetRoles(roles)).await;
    let disable = operator::Command::Disable(operator::Disable { at: minute(3) });
    house.does::<Operator>(&operator, disable).await;
    house.seen::<People>().await;
    let seen = query::operator(&house.pool, operator).await.unwrap().unwrap();
    assert_eq!((seen.name.as_str(), seen.enabled), ("Kim", false));
    assert_eq!(seen.roles, ["support", "admin"]);
    assert_eq!(query::operators(&house.pool, None, 10).await.unwrap().items, [seen]);
    house.close().await;
}

#[tokio::test]
async fn a_rebuild_gives_identical_tables() {
    let house = House::open::<People>().await;
    let merchant = apply(&house, "Kiln", 0).await;
    house.seen::<People>().await;
    approve(&house, merchant, contract(10, SettlementCycle::Weekly, 1)).await;
    let member = register(&house, 1).await;
    house.seen::<People>().await;
    house
        .does::<Member>(&member, account::Command::FallDormant(account::FallDormant { at: minute(2) }))
        .await;
    employ(&house).await;
    house.rebuilding_changes_nothing::<People>().await;
    house.close().await;
}
