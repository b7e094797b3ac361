//! Laws for any history: asking again changes nothing, replay is deterministic, and what each aggregate promises.

use std::collections::BTreeSet;

use kernel::{Decider, DomainEvent, Rejection};
use member::member::{AddAddress, AddressId, RemoveAddress, SetDefaultAddress};
use member::{
    EmailClaim, Holder, Member, Session, email, member as shopper_account, merchant, operator, points,
    session,
};
use proptest::prelude::*;

use crate::given::asking_again_changes_nothing;
use crate::sample::{day, email_hash, id, member_id, sealed, secret_hash, shopper};

/// Decides each command in turn, checks the laws of every decider, and asks a promise of every state on the way.
fn run<D: Decider>(commands: impl IntoIterator<Item = D::Command>, promise: impl Fn(&D::State))
where
    D::Command: Clone,
    D::State: PartialEq + std::fmt::Debug,
{
    let (mut state, mut history) = (D::State::default(), Vec::new());
    for command in commands {
        let events = D::decide(&state, command.clone()).unwrap_or_default();
        state = events.iter().fold(state, D::evolve);
        asking_again_changes_nothing::<D>(&state, command);
        promise(&state);
        history.extend(events);
    }
    assert_eq!(replay::<D>(&history), state);
}

/// Folds a history as it comes back from the log.
fn replay<D: Decider>(history: &[D::Event]) -> D::State {
    let stored = history.iter().map(|event| event.encode().unwrap());
    let read = stored.map(|event| D::Event::decode(event.name, event.version, event.data.get()).unwrap());
    D::fold(&read.collect::<Vec<_>>())
}

fn address_command() -> impl Strategy<Value = shopper_account::Command> {
    (0_usize..3, 0_u8..24, any::<bool>()).prop_map(|(kind, number, default)| {
        let address_id = AddressId::new(format!("00000000-0000-7000-8000-{number:012x}")).unwrap();
        let (address, at) = (sealed("address"), day(2));
        match kind {
            0 => shopper_account::Command::AddAddress(AddAddress { address_id, address, default, at }),
            1 => shopper_account::Command::RemoveAddress(RemoveAddress { address_id, at }),
            _ => shopper_account::Command::SetDefaultAddress(SetDefaultAddress { address_id, at }),
        }
    })
}

fn sign_up() -> shopper_account::Command {
    shopper_account::Command::Register(shopper_account::Register {
        member: member_id(),
        email_hash: email_hash(1),
        profile: sealed("profile"),
        password_hash: None,
        at: day(1),
    })
}

/// One of the addresses is the default for as long as there is any, and there are never too many.
fn one_default(state: &shopper_account::State) {
    let book = state.addresses().unwrap();
    assert_eq!(book.default_id().is_none(), book.is_empty());
    assert!(book.default_id().is_none_or(|default| book.get(default).is_some()));
    assert!(book.len() <= shopper_account::policy::ADDRESSES_MAX);
}

fn claim_command() -> impl Strategy<Value = email::Command> {
    (any::<bool>(), 0_u128..3).prop_map(|(claims, number)| {
        let (holder, at) = (Holder::Member(id(number)), day(1));
        if claims {
            email::Command::Claim(email::Claim { email_hash: email_hash(1), holder, at })
        } else {
            email::Command::Release(email::Release { holder, at })
        }
    })
}

fn open_session() -> session::Command {
    session::Command::Open(session::Open {
        session: id(7),
        principal: shopper(),
        password_changes: 0,
        refresh_hash: secret_hash(0),
        expires_at: day(20),
        at: day(1),
    })
}

fn exchange() -> impl Strategy<Value = session::Command> {
    (0_usize..6, 0_usize..6, 2_u32..9).prop_map(|(presented, next, on)| {
        let (presented_hash, next_hash) = (secret_hash(presented), secret_hash(next));
        session::Command::Rotate(session::Rotate {
            presented_hash,
            next_hash,
            expires_at: day(20),
            at: day(on),
        })
    })
}

proptest! {
    #[test]
    fn an_address_book_has_one_default_for_as_long_as_there_is_any_address(
        commands in prop::collection::vec(address_command(), 0..80),
    ) {
        run::<Member>(std::iter::once(sign_up()).chain(commands), one_default);
    }

    #[test]
    fn an_email_address_passes_only_from_free_to_a_holder_and_back(
        commands in prop::collection::vec(claim_command(), 0..30),
    ) {
        let holders = std::cell::RefCell::new(vec![None]);
        run::<EmailClaim>(commands, |state| holders.borrow_mut().push(state.holder()));
        for pair in holders.into_inner().windows(2) {
            prop_assert!(pair[0] == pair[1] || pair.contains(&None), "{:?} handed over", pair);
        }
    }

    #[test]
    fn a_session_that_was_revoked_never_opens_again(
        commands in prop::collection::vec(exchange(), 0..12),
    ) {
        let revoked = std::cell::Cell::new(false);
        run::<Session>(std::iter::once(open_session()).chain(commands), |state| {
            let closed = !state.is_open(day(9));
            assert!(closed || !revoked.get(), "open again");
            revoked.set(closed);
        });
    }
}

#[test]
fn every_code_of_the_context_is_unique_and_snake_case() {
    let mut seen = BTreeSet::new();
    let parties = member_codes().into_iter().chain(merchant_codes());
    for code in parties.chain(point_codes()).chain(other_codes()) {
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code}");
        assert!(seen.insert(code), "{code} twice");
    }
}

fn member_codes() -> Vec<&'static str> {
    use shopper_account::Rejection as No;
    let all = [No::NotFound, No::AlreadyRegistered, No::NotActivated, No::Dormant, No::Withdrawn];
    let addresses = [No::AddressExists, No::AddressNotFound, No::AddressBookFull];
    all.iter().chain(&addresses).map(Rejection::code).collect()
}

fn merchant_codes() -> Vec<&'static str> {
    use merchant::Rejection as No;
    let life =
        [No::NotFound, No::AlreadyApplied, No::AlreadyDecided, No::NotApproved, No::Rejected, No::Closed];
    let contract = [
        No::ContractRetroactive,
        No::ContractNotInForce,
        No::ContractNotLater,
        No::TooManyCategoryRates,
        No::TooManyContracts,
    ];
    let keys =
        [No::ApiKeyNotFound, No::ApiKeyExists, No::ApiKeyRevoked, No::TooManyApiKeys, No::ApiKeysExhausted];
    life.iter().chain(&contract).chain(&keys).chain(&[No::NoBankAccountChange]).map(Rejection::code).collect()
}

fn point_codes() -> Vec<&'static str> {
    use points::Rejection as No;
    let (asked, usable, used, earned, held) = Default::default();
    let (lot, order, restore) = (id(1), id(2), id(3));
    let earning = [No::OtherAccount, No::ExpiryPassed, No::LotDiffers { lot }, No::LotNotFound { lot }];
    let limits =
        [No::TooManyLots, No::BalanceTooHigh, No::TooManyHolds, No::TooManyRestores, No::TooManyRevocations];
    let holds = [
        No::Insufficient { asked, usable },
        No::HeldOtherwise { order, held },
        No::NotHeld { order },
        No::AlreadyUsed { order },
    ];
    let back = [
        No::NotUsed { order },
        No::RestoreExceedsUsed { asked, used },
        No::RestoreDiffers { restore },
        No::RevokedOtherwise { lot },
        No::RevokeExceedsEarned { asked, earned },
    ];
    earning.iter().chain(&limits).chain(&holds).chain(&back).map(Rejection::code).collect()
}

fn other_codes() -> Vec<&'static str> {
    use operator::Rejection as Never;
    use session::Rejection as No;
    let emails = [email::Rejection::Taken, email::Rejection::HeldByAnother];
    let sessions = [No::NotFound, No::AlreadyOpen, No::Revoked, No::Expired, No::SecretUnknown];
    let secrets = [No::SecretNotNew, No::ExpiryPassed];
    let operators = [Never::NotFound, Never::AlreadyCreated, Never::Disabled, Never::NoRoles];
    let emails = emails.iter().map(Rejection::code);
    let sessions = sessions.iter().chain(&secrets).map(Rejection::code);
    emails.chain(sessions).chain(operators.iter().map(Rejection::code)).collect()
}
