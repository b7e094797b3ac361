//! A shop in a test: one order with the claims on it and the money that it moves, as the services move it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use claim::Claim;
use claim::command::{Accept, Approve, Collect, Inspect, RequestPickup, StartRefund};
use claim::value::{InspectedLine, Inspection, Party, Reason};
use eventstore::Seq;
use kernel::id::{ClaimId, MemberId, MerchantId, OrderId, PaymentId, ProductId, RefundId, ShipmentId, SkuId};
use kernel::{Amount, Currency, Decider, MallId, Price, Quantity, Rate, Sealed, Text, Timestamp};
use member::merchant::{Contract, SettlementCycle};
use order::command::{CloseClaim, CompleteClaim, Confirm, Deliver, MarkPaid, OpenClaim, Place};
use order::state::ClaimStatus;
use order::value::{
    ClaimKind, ClaimOutcome, ClaimablePieces, ConfirmedBy, DeliveryGroup, GroupNo, LineNo, LineQuantity,
    OrderLine, Source,
};
use order::{Command, Event, Order, State};
use proptest::prelude::*;
use settlement::reversal::reverse;
use uuid::Uuid;

use super::super::agreement::Agreement;
use super::super::claim::taken_back;
use super::super::completion::{Confirmation, shares};
use crate::service::claims::{ClaimAsk, command, request};
use crate::service::refunding::commands;

const PAYMENT: PaymentId = PaymentId(Uuid::from_u128(9));
const ORDER: OrderId = OrderId(Uuid::from_u128(1));

pub(super) fn at(minute: i64) -> Timestamp {
    DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
}

pub(super) fn price(minor: i64) -> Price {
    Price::new(minor).unwrap()
}

pub(super) fn merchant(group: u16) -> MerchantId {
    MerchantId(Uuid::from_u128(0x3e0 + u128::from(group)))
}

/// Two groups of one merchant each: what they cost to deliver, from which worth on for free, and what the way back costs.
pub(super) fn any_group(number: u16) -> impl Strategy<Value = DeliveryGroup> {
    (0_i64..4_000, prop::option::of(1_i64..20_000), 0_i64..4_000).prop_map(move |(fee, free_over, back)| {
        let (paid, waived) = if free_over.is_some() { (0, fee) } else { (fee, 0) };
        DeliveryGroup {
            group: GroupNo(number),
            merchant: merchant(number),
            fee: price(paid),
            free_over: free_over.map(price),
            surcharge: price(paid / 2),
            waived_fee: price(waived),
            return_fee: price(back),
        }
    })
}

pub(super) fn any_line(number: u16, group: u16) -> impl Strategy<Value = OrderLine> {
    (1_u32..8, 0_i64..3_000, [0_i64..=100, 0_i64..=100, 0_i64..=100]).prop_map(
        move |(pieces, unit, shares)| {
            let goods = unit * i64::from(pieces);
            let merchants = goods * shares[0] / 200;
            let platforms = (goods - merchants) * shares[1] / 200;
            let points = (goods - merchants - platforms) * shares[2] / 100;
            line_of((number, group), (pieces, unit), [merchants, platforms, points])
        },
    )
}

/// A line of so many pieces at that price, reduced by the merchant, the platform and points.
pub(super) fn line_of(
    (number, group): (u16, u16),
    (pieces, unit_price): (u32, i64),
    reductions: [i64; 3],
) -> OrderLine {
    let [discount_merchant, discount_platform, points] = reductions.map(Amount::from_minor);
    OrderLine {
        line: LineNo(number),
        group: GroupNo(group),
        merchant: merchant(group),
        product: ProductId(Uuid::from_u128(5)),
        sku: SkuId(Uuid::from_u128(0xb00 + u128::from(number))),
        name: Text::new("Tangerines").unwrap(),
        options: vec![],
        category: "food".into(),
        taxable: number == 1,
        quantity: Quantity::new(pieces).unwrap(),
        unit_price: price(unit_price),
        discount_merchant,
        discount_platform,
        points,
        source: Source::Direct,
    }
}

prop_compose! {
    pub(super) fn any_place()(
        lines in (any_line(1, 1), any_line(2, 1), any_line(3, 2)), groups in (any_group(1), any_group(2)),
    ) -> Place {
        place_of(vec![lines.0, lines.1, lines.2], vec![groups.0, groups.1])
    }
}

/// An order of these lines and groups whose total is right.
pub(super) fn place_of(lines: Vec<OrderLine>, groups: Vec<DeliveryGroup>) -> Place {
    let fees: Amount = groups.iter().map(|group| group.fee.amount()).sum();
    Place {
        order: ORDER,
        mall: MallId::new("main").unwrap(),
        currency: Currency::Krw,
        member: MemberId(Uuid::from_u128(2)),
        recipient: Some(Sealed("c2VhbGVk".into())),
        gift: None,
        memo: None,
        total: lines.iter().map(OrderLine::paid).sum::<Amount>() + fees,
        lines,
        groups,
        coupons: Vec::new(),
        payment: PAYMENT,
        limited: BTreeSet::new(),
        vat_rate: None,
        payment_due: at(30),
        confirm_after_days: 7,
        at: at(0),
    }
}

/// Something that happens to the pieces of a line, or of both lines of a group.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Deliver(Vec<(u16, u32)>),
    Confirm(Vec<(u16, u32)>),
    Claim(ClaimKind, ClaimablePieces, Vec<(u16, u32)>, Reason),
    Refund(u128),
    Complete(u128),
    Withdraw(u128),
}

pub(super) fn any_step() -> impl Strategy<Value = Step> {
    let lines = || {
        prop_oneof![
            (1_u16..4, 1_u32..5).prop_map(|line| vec![line]),
            (1_u32..4, 1_u32..4).prop_map(|(first, second)| vec![(1, first), (2, second)]),
            (1_u32..4, 1_u32..4).prop_map(|(first, third)| vec![(1, first), (3, third)]),
        ]
    };
    let reason = || prop_oneof![Just(Reason::ChangedMind), Just(Reason::Late), Just(Reason::PlatformError)];
    let (cancel, back) = (ClaimKind::Cancel, ClaimKind::Return);
    let (open, confirmed) = (ClaimablePieces::Unconfirmed, ClaimablePieces::Confirmed);
    prop_oneof![
        5 => lines().prop_map(Step::Deliver),
        3 => lines().prop_map(Step::Confirm),
        3 => (lines(), reason()).prop_map(move |(lines, reason)| Step::Claim(cancel, open, lines, reason)),
        3 => (lines(), reason()).prop_map(move |(lines, reason)| Step::Claim(back, open, lines, reason)),
        4 => (lines(), reason()).prop_map(move |(lines, reason)| Step::Claim(back, confirmed, lines, reason)),
        4 => (0_u128..12).prop_map(Step::Refund),
        4 => (0_u128..12).prop_map(Step::Complete),
        1 => (0_u128..12).prop_map(Step::Withdraw),
    ]
}

/// What happens to an order of which nothing leaves.
pub(super) fn any_cancel_step() -> impl Strategy<Value = Step> {
    any_step().prop_filter("nothing leaves", |step| match step {
        Step::Deliver(_) | Step::Confirm(_) => false,
        Step::Claim(kind, ..) => *kind == ClaimKind::Cancel,
        Step::Refund(_) | Step::Complete(_) | Step::Withdraw(_) => true,
    })
}

/// The order, its claims, and what is where of the money.
pub(super) struct Shop {
    pub(super) state: State,
    position: u64,
    confirmations: Vec<Confirmation>,
    claims: BTreeMap<ClaimId, claim::State>,
    /// What was captured and is nobody's yet.
    pub(super) deposits: Amount,
    /// What claims left with merchants.
    pub(super) fees: Amount,
    /// What went back to the shopper.
    pub(super) refunded: Amount,
}

fn agreement(merchant: MerchantId) -> Agreement {
    let rate = |text: &str| Rate::new(text.parse().unwrap()).unwrap();
    let contract = Contract {
        default_rate: rate("0.1"),
        category_rates: BTreeMap::new(),
        cycle: SettlementCycle::Monthly,
        effective_from: at(0),
    };
    Agreement::new(merchant, contract, rate("0.1"), 9 * 3_600)
}

fn quantities(lines: &[(u16, u32)]) -> Vec<LineQuantity> {
    let of = |&(line, pieces): &(u16, u32)| (LineNo(line), Quantity::new(pieces).unwrap());
    lines.iter().map(of).map(|(line, quantity)| LineQuantity { line, quantity }).collect()
}

impl Shop {
    pub(super) fn open(place: Place) -> Self {
        let deposits = place.total;
        let (state, position) = (State::default(), 0);
        let (confirmations, claims) = (Vec::new(), BTreeMap::new());
        let (fees, refunded) = (Amount::ZERO, Amount::ZERO);
        let mut shop = Self { state, position, confirmations, claims, deposits, fees, refunded };
        shop.tell(Command::Place(place));
        shop.tell(Command::MarkPaid(MarkPaid { payment: PAYMENT, at: at(1) }));
        shop
    }

    /// Whatever an order refuses doesn't happen.
    fn tell(&mut self, command: Command) {
        self.position += 1;
        for event in Order::decide(&self.state, command).unwrap_or_default() {
            self.state = Order::evolve(self.state.clone(), &event);
            if let Event::LinesConfirmed(body) = event {
                self.accrue(Confirmation { position: Seq(self.position), body });
            } else if let Event::ClaimCompleted(body) = event {
                self.settle(&body);
            }
        }
    }

    fn accrue(&mut self, confirmation: Confirmation) {
        for line in &confirmation.body.lines {
            let item = agreement(line.merchant).item(&confirmation.body, line, self.position).unwrap();
            self.deposits -= item.parts.customer_paid();
        }
        self.confirmations.push(confirmation);
    }

    fn settle(&mut self, completed: &order::event::ClaimCompleted) {
        let quote = self.claims[&completed.claim].case().unwrap().quote().clone();
        self.deposits -= quote.total;
        self.refunded += quote.total;
        for (merchant, share) in shares(completed, &quote, &self.confirmations) {
            for returned in &share.returned {
                let line = taken_back(&agreement(merchant), completed, returned).unwrap();
                assert!(line.is_reversible() && line.fits(), "{line:?}");
                self.deposits -= reverse(line, 1).parts.customer_paid();
            }
            self.deposits -= share.fee;
            self.fees += share.fee;
        }
    }

    /// Opens a claim like the service does: the order and the claim, or neither.
    fn claim(&mut self, ask: &ClaimAsk) {
        let (claim, kind, pieces, lines) = (ask.claim, ask.kind, ask.pieces, ask.lines.clone());
        let open = Command::OpenClaim(OpenClaim { claim, kind, pieces, lines, at: at(80) });
        let Ok(events) = Order::decide(&self.state, open.clone()) else { return };
        let Some(Event::ClaimOpened(opened)) = events.first() else { return };
        let after = events.iter().fold(self.state.clone(), Order::evolve);
        let request = request(at(80), ask, opened, &after).unwrap();
        let Ok(events) =
            Claim::decide(&claim::State::default(), command(kind, request, (opened, &self.state)))
        else {
            return;
        };
        self.claims.insert(claim, Claim::fold(&events));
        self.tell(open);
    }

    /// Tells a claim; whatever it refuses doesn't happen.
    fn tell_claim(&mut self, claim: ClaimId, command: claim::Command) -> bool {
        let Some(state) = self.claims.get_mut(&claim) else { return false };
        let Ok(events) = Claim::decide(state, command) else { return false };
        *state = events.iter().fold(state.clone(), Claim::evolve);
        !events.is_empty()
    }

    /// Brings a claim to where its money may go back: approved, or looked at.
    fn make_ready(&mut self, claim: ClaimId) {
        let (by, at, shipment) = (Party::Operator, at(90), ShipmentId(claim.0));
        let lines = self.claims.get(&claim).map(inspected).unwrap_or_default();
        for command in [
            claim::Command::Approve(Approve { by, at }),
            claim::Command::Accept(Accept { by, at }),
            claim::Command::RequestPickup(RequestPickup { shipment, at }),
            claim::Command::Collect(Collect { at }),
            claim::Command::Inspect(Inspect { result: Inspection::Pass { lines }, at }),
        ] {
            self.tell_claim(claim, command);
        }
    }

    /// Starts a refund like the service does: the claim and the order, or neither.
    fn refund(&mut self, claim: ClaimId) {
        let status = self.state.claims().get(&claim).map(|claim| claim.status);
        if status != Some(ClaimStatus::Open) {
            return;
        }
        self.make_ready(claim);
        let start = StartRefund { refund: RefundId(claim.0), groups: vec![], at: at(95) };
        let case = self.claims[&claim].case().unwrap();
        let (of_claim, of_order) = commands(case, &self.state, &start);
        assert!(self.tell_claim(claim, of_claim));
        assert!(Order::decide(&self.state, of_order.clone()).is_ok(), "{of_order:?}");
        self.tell(of_order);
    }

    /// Refunds and completes.
    fn complete(&mut self, claim: ClaimId, at: Timestamp) {
        self.refund(claim);
        self.tell(Command::CompleteClaim(CompleteClaim { claim, at }));
    }

    pub(super) fn take(&mut self, number: usize, step: Step) {
        let at = at(100 + i64::try_from(number).unwrap());
        let claim = |number| ClaimId(Uuid::from_u128(0xc00 + number));
        match step {
            Step::Deliver(lines) => {
                let shipment = ShipmentId(Uuid::from_u128(0x500 + u128::try_from(number).unwrap()));
                self.tell(Command::Deliver(Deliver { shipment, lines: quantities(&lines), at }));
            }
            Step::Confirm(lines) => {
                let (lines, by) = (Some(quantities(&lines)), ConfirmedBy::Shopper);
                self.tell(Command::Confirm(Confirm { lines, by, at }));
            }
            Step::Claim(kind, pieces, lines, reason) => self.claim(&ClaimAsk {
                claim: claim(u128::try_from(self.claims.len()).unwrap()),
                order: ORDER,
                kind,
                pieces,
                lines: quantities(&lines),
                reason,
                by: Party::Operator,
                merchant: None,
            }),
            Step::Refund(number) => self.refund(claim(number)),
            Step::Complete(number) => self.complete(claim(number), at),
            Step::Withdraw(number) => {
                let (claim, outcome) = (claim(number), ClaimOutcome::Withdrawn);
                self.tell(Command::CloseClaim(CloseClaim { claim, outcome, at }));
            }
        }
    }

    /// Completes what is claimed.
    pub(super) fn complete_all(&mut self) {
        let open = |(id, claim): (&ClaimId, &order::state::Claim)| {
            matches!(claim.status, ClaimStatus::Open | ClaimStatus::Refunding).then_some(*id)
        };
        for claim in self.state.claims().iter().filter_map(open).collect::<Vec<_>>() {
            self.complete(claim, at(900));
        }
    }

    /// What the shopper has paid for delivery by now, group by group.
    pub(super) fn delivery_paid(&self) -> Vec<Amount> {
        self.state.groups().iter().map(|group| self.state.delivery_paid(group.group)).collect()
    }

    /// What claims gave back of each line's goods.
    pub(super) fn goods_back(&self) -> BTreeMap<u16, Amount> {
        let quotes = self.claims.values().filter_map(claim::State::case).map(|case| case.quote().clone());
        quotes.flat_map(|quote| quote.lines).fold(BTreeMap::new(), |mut sums, line| {
            *sums.entry(line.line).or_default() += line.amount;
            sums
        })
    }

    /// What is still ordered, for each merchant: a claim is one merchant's.
    pub(super) fn left_by_merchant(&self) -> Vec<Vec<(u16, u32)>> {
        let mut left: BTreeMap<MerchantId, Vec<(u16, u32)>> = BTreeMap::new();
        for (placed, line) in self.state.lines().filter(|(_, line)| line.buckets().ordered > 0) {
            left.entry(placed.merchant).or_default().push((placed.line.0, line.buckets().ordered));
        }
        left.into_values().collect()
    }

    /// Completes what is claimed, delivers what is ordered, confirms what is delivered.
    pub(super) fn finish(&mut self) {
        self.complete_all();
        let left: Vec<_> = self
            .state
            .lines()
            .map(|(placed, line)| (placed.line.0, line.buckets().ordered))
            .filter(|line| line.1 > 0)
            .collect();
        let shipment = ShipmentId(Uuid::from_u128(0x9999));
        self.tell(Command::Deliver(Deliver { shipment, lines: quantities(&left), at: at(901) }));
        self.tell(Command::Confirm(Confirm { lines: None, by: ConfirmedBy::System, at: at(902) }));
    }
}

/// Every claimed piece, fit to be sold again.
fn inspected(claim: &claim::State) -> Vec<InspectedLine> {
    let mut pieces: BTreeMap<u16, u32> = BTreeMap::new();
    for line in claim.lines() {
        *pieces.entry(line.line).or_default() += line.quantity.get();
    }
    pieces.into_iter().map(|(line, resellable)| InspectedLine { line, resellable, damaged: 0 }).collect()
}
