//! Whatever is bought, redeemed and cancelled: what goes back and what is kept are what was paid, line by line and tender by
//! tender; and the same cancels in another order give the same back, less what is still owed.

use claim::value::Reason;
use kernel::id::{MemberId, OrderId, PaymentId, RefundId};
use kernel::{Amount, Currency, Decider, MallId, Text};
use order::command::Place;
use order::share::share_of_pieces;
use order::value::{ClaimKind, ClaimablePieces, GroupNo};
use payment::value::{Method, Tender, TenderNo};
use payment::{Command, Payment, RecordCapture, RecordRefund, Request, StartCapture, StartRefund};
use proptest::prelude::*;
use uuid::Uuid;

use super::basket::{any_cancels, any_quoted_place};
use super::shop::{Shop, Step, at};

/// The payment of an order: some by card, some by another, the rest by a voucher.
struct Wallet(payment::State);

impl Wallet {
    fn paid(total: Amount, shares: [i64; 2]) -> Self {
        let card = total.minor() * shares[0] / 100;
        let debit = (total.minor() - card) * shares[1] / 100;
        let parts = [
            (Method::Card, card),
            (Method::DebitCard, debit),
            (Method::Voucher, total.minor() - card - debit),
        ];
        let tenders =
            (1_u16..).zip(parts).filter(|(_, (_, minor))| *minor > 0).map(|(number, (method, minor))| {
                let (tender, amount) = (TenderNo(number), Amount::from_minor(minor));
                Tender { tender, method, amount, instalments: 1 }
            });
        let request = Request {
            payment: PaymentId(Uuid::from_u128(9)),
            order: OrderId(Uuid::from_u128(1)),
            mall: MallId::new("main").unwrap(),
            currency: Currency::Krw,
            member: MemberId(Uuid::from_u128(2)),
            amount: total,
            tenders: tenders.collect(),
            expires_at: at(30),
            at: at(0),
        };
        let mut wallet = Self(payment::State::default());
        wallet.tell(Command::Request(request));
        wallet.tell(Command::StartCapture(StartCapture { key: "k".to_owned(), receipt: None, at: at(1) }));
        wallet.tell(Command::RecordCapture(RecordCapture {
            key: "k".to_owned(),
            gateway_reference: Text::new("capture").unwrap(),
            refund: RefundId(Uuid::from_u128(0)),
            captured_at: at(1),
            at: at(1),
        }));
        wallet
    }

    fn tell(&mut self, command: Command) {
        let events = Payment::decide(&self.0, command).unwrap();
        self.0 = events.iter().fold(std::mem::take(&mut self.0), Payment::evolve);
    }

    fn give_back(&mut self, number: usize, amount: Amount) {
        let refund = RefundId(Uuid::from_u128(1 + u128::try_from(number).unwrap()));
        let key = format!("r-{number}");
        let gateway_reference = Text::new(&key).unwrap();
        let (reason_claim, stray, at) = (None, None, at(2));
        self.tell(Command::StartRefund(StartRefund { refund, amount, reason_claim, stray, key, at }));
        self.tell(Command::RecordRefund(RecordRefund { refund, gateway_reference, at }));
    }

    /// What is kept of each tender, in the order of refunding.
    fn kept(&self) -> Vec<Amount> {
        let balances = self.0.capture().map(payment::state::Capture::balances).unwrap_or_default();
        balances.iter().map(|balance| balance.captured - balance.refunded).collect()
    }
}

fn cancel(shop: &mut Shop, number: usize, (line, pieces): (u16, u32)) {
    let (kind, of) = (ClaimKind::Cancel, ClaimablePieces::Unconfirmed);
    shop.take(number, Step::Claim(kind, of, vec![(line, pieces)], Reason::ChangedMind));
    shop.complete_all();
}

/// What is kept of each line's goods: the shares of the pieces that no claim took.
fn goods_kept(shop: &Shop) -> Vec<Amount> {
    let gone = |line, piece| {
        let runs = shop.state.claims().values().flat_map(|claim| &claim.lines);
        runs.filter(|run| run.line == line)
            .any(|run| (run.first_piece..run.first_piece + run.quantity.get()).contains(&piece))
    };
    let kept = |(line, _): (&order::event::PlacedLine, _)| {
        let pieces = (0..line.quantity.get()).filter(|piece| !gone(line.line, *piece));
        pieces.map(|piece| share_of_pieces(line.paid, line.quantity.get(), piece, 1)).sum()
    };
    shop.state.lines().map(kept).collect()
}

/// What is still owed for delivery, group by group; nothing where nothing is delivered.
fn delivery_owed(shop: &Shop) -> Vec<Amount> {
    let owed = |group: GroupNo| match shop.state.remaining(group).pieces {
        0 => Amount::ZERO,
        _ => shop.state.delivery_owed(group),
    };
    shop.state.groups().iter().map(|group| owed(group.group)).collect()
}

fn any_order_and_cancels() -> impl Strategy<Value = (Place, Vec<(u16, u32)>)> {
    any_quoted_place().prop_flat_map(|place| {
        let cancels = any_cancels(&place);
        (Just(place), cancels)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_goes_back_and_what_is_kept_are_what_was_paid(
        (place, cancels) in any_order_and_cancels(), shares in [0_i64..=100, 0_i64..=100],
    ) {
        let total = place.total;
        let mut wallet = (!total.is_zero()).then(|| Wallet::paid(total, shares));
        let mut shop = Shop::open(place);
        for (number, lines) in cancels.into_iter().enumerate() {
            let before = shop.refunded;
            cancel(&mut shop, number, lines);
            let back = shop.refunded - before;
            if let Some(wallet) = wallet.as_mut().filter(|_| !back.is_zero()) {
                wallet.give_back(number, back);
            }
            // Of each line.
            let (goods_kept, goods_back) = (goods_kept(&shop), shop.goods_back());
            for ((line, _), kept) in shop.state.lines().zip(&goods_kept) {
                let back = goods_back.get(&line.line.0).copied().unwrap_or_default();
                prop_assert_eq!(back + *kept, line.paid, "line {}", line.line);
            }
            // Of all.
            let delivery: Amount = shop.delivery_paid().into_iter().sum();
            let kept: Amount = goods_kept.into_iter().sum::<Amount>() + delivery;
            prop_assert_eq!(shop.refunded + kept, total);
            // Of each tender: the voucher last.
            if let Some(wallet) = &wallet {
                let of_tenders = wallet.kept();
                prop_assert_eq!(of_tenders.iter().sum::<Amount>(), kept);
                prop_assert!(of_tenders.iter().all(|kept| !kept.is_negative()), "{:?}", of_tenders);
            }
        }
    }

    #[test]
    fn the_same_cancels_in_another_order_give_the_same_back_less_what_is_owed(
        (place, cancels) in any_order_and_cancels(), turn in 0_usize..10, backwards: bool,
    ) {
        let refunded = |cancels: Vec<(u16, u32)>| {
            let mut shop = Shop::open(place.clone());
            for (number, lines) in cancels.into_iter().enumerate() {
                cancel(&mut shop, number, lines);
            }
            // Who got a refund before a fee fell due owes what later refunds can't cover; nobody takes money back.
            let owed = delivery_owed(&shop);
            let due = shop.delivery_paid().into_iter().zip(&owed).map(|(paid, owed)| paid + *owed);
            (shop.refunded - owed.iter().sum::<Amount>(), due.collect::<Vec<Amount>>())
        };
        let mut turned = cancels.clone();
        let by = turn % turned.len().max(1);
        turned.rotate_left(by);
        if backwards {
            turned.reverse();
        }
        prop_assert_eq!(refunded(turned), refunded(cancels));
    }
}
