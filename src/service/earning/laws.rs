//! What holds for any order, confirmed in any parts, and any returns of what was confirmed: no piece earns twice, the parts
//! earn what the whole does, and everything that comes back gives back exactly what it earned.

use std::collections::BTreeSet;

use chrono::DateTime;
use eventstore::Seq;
use kernel::id::{ClaimId, MemberId, MerchantId, OrderId, PaymentId, ProductId, ShipmentId, SkuId};
use kernel::{Amount, Currency, Decider, MallId, Price, Quantity, Rate, Sealed, Text, Timestamp};
use member::PointAccount;
use member::member::Grade;
use member::points::{self, Earning, State as Account, earned};
use order::command::{CompleteClaim, Confirm, Deliver, MarkPaid, OpenClaim, Place};
use order::value::{
    ClaimKind, ClaimablePieces, ConfirmedBy, DeliveryGroup, GroupNo, LineNo, LineQuantity, OrderLine, Source,
};
use order::{Command, Event, Order, State};
use proptest::prelude::*;
use uuid::Uuid;

use super::reckoning::{Terms, earn, returned, revoke};
use crate::service::settling::Confirmation;

const PAYMENT: PaymentId = PaymentId(Uuid::from_u128(9));
const MERCHANT: MerchantId = MerchantId(Uuid::from_u128(3));
const GROUP: GroupNo = GroupNo(1);

fn at(minute: i64) -> Timestamp {
    DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
}

fn rate(millionths: u32) -> Rate {
    Rate::new(rust_decimal::Decimal::new(i64::from(millionths), 6)).unwrap()
}

fn line(number: u16, pieces: u32, unit: i64, reductions: [i64; 3]) -> OrderLine {
    let [discount_merchant, discount_platform, points] = reductions.map(Amount::from_minor);
    OrderLine {
        line: LineNo(number),
        group: GROUP,
        merchant: MERCHANT,
        product: ProductId(Uuid::from_u128(5)),
        sku: SkuId(Uuid::from_u128(0xb00 + u128::from(number))),
        name: Text::new("Tangerines").unwrap(),
        options: vec![],
        category: "food".into(),
        taxable: true,
        quantity: Quantity::new(pieces).unwrap(),
        unit_price: Price::new(unit).unwrap(),
        discount_merchant,
        discount_platform,
        points,
        source: Source::Direct,
    }
}

/// A line of which coupons and points may have paid any part.
fn any_line(number: u16) -> impl Strategy<Value = OrderLine> {
    (1_u32..8, 0_i64..30_000, 0_i64..=100, 0_i64..=100).prop_map(move |(pieces, unit, coupon, points)| {
        let goods = unit * i64::from(pieces);
        let coupon = goods * coupon / 100;
        let points = (goods - coupon) * points / 100;
        line(number, pieces, unit, [coupon / 2, coupon - coupon / 2, points])
    })
}

fn place(lines: Vec<OrderLine>) -> Place {
    let fee = Price::new(3_000).unwrap();
    Place {
        order: OrderId(Uuid::from_u128(1)),
        mall: MallId::new("main").unwrap(),
        currency: Currency::Krw,
        member: MemberId(Uuid::from_u128(2)),
        recipient: Some(Sealed("c2VhbGVk".into())),
        gift: None,
        memo: None,
        total: lines.iter().map(OrderLine::paid).sum::<Amount>() + fee.amount(),
        lines,
        groups: vec![DeliveryGroup {
            group: GROUP,
            merchant: MERCHANT,
            fee,
            surcharge: Price::ZERO,
            free_over: None,
            waived_fee: Price::ZERO,
            return_fee: Price::ZERO,
        }],
        coupons: Vec::new(),
        limited: BTreeSet::new(),
        vat_rate: None,
        payment: PAYMENT,
        payment_due: at(30),
        confirm_after_days: 7,
        at: at(0),
    }
}

/// Something that happens to a delivered order, or to its buyer's points.
#[derive(Debug, Clone)]
enum Step {
    Confirm(u16, u32),
    Return(u16, u32),
    /// The buyer spends so many points elsewhere.
    Spend(i64),
    /// The mall's rates, or the buyer's grade, change.
    Rate(u32),
}

fn any_step() -> impl Strategy<Value = Step> {
    let pieces = || (1_u16..=3, 1_u32..5);
    prop_oneof![
        4 => pieces().prop_map(|(line, pieces)| Step::Confirm(line, pieces)),
        4 => pieces().prop_map(|(line, pieces)| Step::Return(line, pieces)),
        1 => (1_i64..2_000).prop_map(Step::Spend),
        1 => (0_u32..200_000).prop_map(Step::Rate),
    ]
}

/// A delivered order and its buyer's points.
struct Shop {
    order: State,
    account: Account,
    rate: Rate,
    confirmations: Vec<Confirmation>,
    /// What confirmations earned, what returns took of it, and what they could not take.
    earned: Amount,
    revoked: Amount,
    uncollected: Amount,
    steps: u64,
}

impl Shop {
    fn open(lines: Vec<OrderLine>, rate: Rate) -> Self {
        let all =
            lines.iter().map(|line| LineQuantity { line: line.line, quantity: line.quantity }).collect();
        let [earned, revoked, uncollected] = [Amount::ZERO; 3];
        let (order, account, confirmations) = (State::default(), Account::default(), Vec::new());
        let mut shop = Self { order, account, rate, confirmations, earned, revoked, uncollected, steps: 0 };
        let shipment = ShipmentId(Uuid::from_u128(0x500));
        shop.tell(Command::Place(place(lines)));
        shop.tell(Command::MarkPaid(MarkPaid { payment: PAYMENT, at: at(1) }));
        shop.tell(Command::Deliver(Deliver { shipment, lines: all, at: at(2) }));
        shop
    }

    fn now(&self) -> Timestamp {
        at(10 + i64::try_from(self.steps).unwrap())
    }

    /// Whatever the order refuses doesn't happen. What happens is answered as the saga has it answered, twice.
    fn tell(&mut self, command: Command) {
        self.steps += 1;
        for event in Order::decide(&self.order, command).unwrap_or_default() {
            self.order = Order::evolve(std::mem::take(&mut self.order), &event);
            if let Event::LinesConfirmed(body) = event {
                self.confirmations.push(Confirmation { position: Seq(self.steps), body });
                let confirmed = self.confirmations.last().unwrap().body.clone();
                let terms = Terms { grade: Grade::Basic, rate: self.rate, expires_at: at(1_000_000) };
                if let Some(earn) = earn(self.order.placed().unwrap(), &confirmed, terms) {
                    self.points(&points::Command::Earn(earn));
                }
            } else if let Event::ClaimCompleted(body) = event {
                self.take_back(&body);
            }
        }
    }

    fn take_back(&mut self, completed: &order::event::ClaimCompleted) {
        let confirmations = self.confirmations.clone();
        for pieces in returned(completed, &confirmations) {
            let placed = self.order.placed().unwrap();
            if let Some(revoke) = revoke(placed, &pieces, &self.account, (completed.claim, self.now())) {
                self.points(&points::Command::Revoke(revoke));
            }
        }
    }

    fn points(&mut self, command: &points::Command) {
        for _ in 0..2 {
            for event in PointAccount::decide(&self.account, command.clone()).unwrap() {
                self.account = PointAccount::evolve(std::mem::take(&mut self.account), &event);
                if let points::Event::Earned(body) = &event {
                    self.earned += body.amount;
                } else if let points::Event::Revoked(body) = &event {
                    self.revoked += body.amount;
                    self.uncollected += body.uncollected;
                }
                assert!(!self.account.balance().is_negative());
            }
        }
    }

    fn take(&mut self, number: usize, step: &Step) {
        let pieces = |line: u16, pieces: u32| {
            vec![LineQuantity { line: LineNo(line), quantity: Quantity::new(pieces).unwrap() }]
        };
        match *step {
            Step::Confirm(line, count) => {
                let (lines, by, at) = (Some(pieces(line, count)), ConfirmedBy::Shopper, self.now());
                self.tell(Command::Confirm(Confirm { lines, by, at }));
            }
            Step::Return(line, count) => {
                let (kind, at) = (ClaimKind::Return, self.now());
                let claim = ClaimId(Uuid::from_u128(0xc00 + u128::try_from(number).unwrap()));
                let (lines, which) = (pieces(line, count), ClaimablePieces::Confirmed);
                self.tell(Command::OpenClaim(OpenClaim { claim, kind, pieces: which, lines, at }));
                self.tell(Command::CompleteClaim(CompleteClaim { claim, at }));
            }
            Step::Spend(amount) => self.spend(number, amount),
            Step::Rate(millionths) => self.rate = rate(millionths),
        }
    }

    fn spend(&mut self, number: usize, amount: i64) {
        let now = self.now();
        let amount = amount.min(self.account.usable(now).minor());
        if amount > 0 {
            let order = OrderId(Uuid::from_u128(0xd00 + u128::try_from(number).unwrap()));
            let (amount, at) = (Price::new(amount).unwrap(), now);
            self.points(&points::Command::Hold(points::Hold { order, amount, at }));
            self.points(&points::Command::Use(points::Use { order, at }));
        }
    }

    fn confirm_all(&mut self) {
        let (lines, by, at) = (None, ConfirmedBy::System, self.now());
        self.tell(Command::Confirm(Confirm { lines, by, at }));
    }

    fn return_all(&mut self) {
        let left: Vec<(u16, u32)> =
            self.order.lines().map(|(line, pieces)| (line.line.0, pieces.buckets().confirmed)).collect();
        for (line, count) in left.into_iter().filter(|(_, count)| *count > 0) {
            self.take(10_000 + usize::from(line), &Step::Return(line, count));
        }
    }

    /// What the order's lines earn as wholes.
    fn whole(&self) -> Amount {
        self.order.lines().map(|(line, _)| earned(line.paid, self.rate)).sum()
    }
}

fn any_lines() -> impl Strategy<Value = Vec<OrderLine>> {
    (any_line(1), any_line(2), any_line(3)).prop_map(|(first, second, third)| vec![first, second, third])
}

proptest! {
    #[test]
    fn confirmations_in_any_parts_earn_what_one_of_all_would(
        lines in any_lines(), millionths in 0_u32..=1_000_000,
        parts in prop::collection::vec((1_u16..=3, 1_u32..5), 0..12),
    ) {
        let mut shop = Shop::open(lines.clone(), rate(millionths));
        for (number, (line, count)) in parts.into_iter().enumerate() {
            shop.take(number, &Step::Confirm(line, count));
        }
        shop.confirm_all();
        let mut at_once = Shop::open(lines, rate(millionths));
        at_once.confirm_all();
        prop_assert_eq!(shop.earned, shop.whole());
        prop_assert_eq!(at_once.earned, shop.earned);
    }

    #[test]
    fn what_comes_back_gives_back_what_it_earned_whatever_the_rates_have_become(
        lines in any_lines(), millionths in 0_u32..200_000, steps in prop::collection::vec(any_step(), 0..24),
    ) {
        let mut shop = Shop::open(lines, rate(millionths));
        for (number, step) in steps.iter().enumerate() {
            shop.take(number, step);
            prop_assert!(shop.revoked + shop.uncollected <= shop.earned);
        }
        shop.confirm_all();
        shop.return_all();
        prop_assert_eq!(shop.revoked + shop.uncollected, shop.earned, "all of it came back");
        let spent = steps.iter().any(|step| matches!(step, Step::Spend(_)));
        prop_assert!(spent || shop.uncollected.is_zero(), "nothing of it was spent");
    }
}

#[test]
fn what_points_and_coupons_paid_earns_nothing() {
    let mut shop = Shop::open(vec![line(1, 3, 10_000, [1_000, 2_000, 7_000])], rate(10_000));
    shop.confirm_all();
    assert_eq!(shop.earned, Amount::from_minor(200), "1 % of the 20,000 that were paid");
    let lot = shop.account.lots().next().unwrap().lot.id;
    let (left, reason) = shop.account.earning(lot).unwrap();
    let Earning::Confirmed { paid, .. } = reason else { panic!("{reason:?}") };
    assert_eq!((left, *paid), (Amount::from_minor(200), Amount::from_minor(20_000)));
    let mut free = Shop::open(vec![line(1, 1, 10_000, [0, 0, 10_000])], rate(1_000_000));
    free.confirm_all();
    assert_eq!((free.earned, free.account), (Amount::ZERO, Account::default()));
}

#[test]
fn what_an_operator_took_before_is_not_taken_twice() {
    let mut shop = Shop::open(vec![line(1, 2, 10_000, [0; 3])], rate(10_000));
    shop.confirm_all();
    let lot = shop.account.lots().next().unwrap().lot.id;
    let reason = points::Revocation::Corrected { note: Text::new("too much").unwrap() };
    let amount = Price::new(150).unwrap();
    shop.points(&points::Command::Revoke(points::Revoke { lot, amount, reason, at: shop.now() }));
    shop.return_all();
    assert_eq!((shop.revoked, shop.uncollected), (Amount::from_minor(200), Amount::ZERO));
}
