//! What holds for any order and any claims on it, across the contexts: an order that is over leaves nothing of what its
//! shopper paid in the deposits, neither a unit too much nor too little.

use std::collections::BTreeMap;

use chrono::DateTime;
use claim::Claim;
use claim::value::{Party, Reason};
use eventstore::Seq;
use kernel::id::{ClaimId, MemberId, MerchantId, OrderId, PaymentId, ProductId, ShipmentId, SkuId};
use kernel::{Amount, Currency, Decider, MallId, Price, Quantity, Rate, Sealed, Text, Timestamp};
use member::merchant::{Contract, SettlementCycle};
use order::command::{CompleteClaim, Confirm, Deliver, MarkPaid, OpenClaim, Place};
use order::state::ClaimStatus;
use order::value::{
    ClaimKind, ClaimablePieces, ConfirmedBy, DeliveryGroup, GroupNo, LineNo, LineQuantity, OrderLine, Source,
};
use order::{Command, Event, Order, State};
use proptest::prelude::*;
use settlement::reversal::reverse;
use uuid::Uuid;

use super::agreement::Agreement;
use super::claim::taken_back;
use super::completion::{Confirmation, shares};
use crate::service::claims::{ClaimAsk, command, request};

const PAYMENT: PaymentId = PaymentId(Uuid::from_u128(9));
const ORDER: OrderId = OrderId(Uuid::from_u128(1));

fn at(minute: i64) -> Timestamp {
    DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
}

fn price(minor: i64) -> Price {
    Price::new(minor).unwrap()
}

fn merchant(group: u16) -> MerchantId {
    MerchantId(Uuid::from_u128(0x3e0 + u128::from(group)))
}

/// Two groups of one merchant each: what they cost to deliver, from which worth on for free, and what the way back costs.
fn any_group(number: u16) -> impl Strategy<Value = DeliveryGroup> {
    (0_i64..4_000, prop::option::of(1_i64..20_000), 0_i64..4_000).prop_map(move |(fee, free_over, back)| {
        let (paid, waived) = if free_over.is_some() { (0, fee) } else { (fee, 0) };
        DeliveryGroup {
            group: GroupNo(number),
            merchant: merchant(number),
            fee: price(paid),
            free_over: free_over.map(price),
            waived_fee: price(waived),
            return_fee: price(back),
        }
    })
}

fn any_line(number: u16, group: u16) -> impl Strategy<Value = OrderLine> {
    (1_u32..8, 0_i64..3_000, [0_i64..=100, 0_i64..=100, 0_i64..=100]).prop_map(
        move |(pieces, unit, shares)| {
            let goods = unit * i64::from(pieces);
            let merchants = goods * shares[0] / 200;
            let platforms = (goods - merchants) * shares[1] / 200;
            let points = (goods - merchants - platforms) * shares[2] / 100;
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
                unit_price: price(unit),
                discount_merchant: Amount::from_minor(merchants),
                discount_platform: Amount::from_minor(platforms),
                points: Amount::from_minor(points),
                source: Source::Direct,
            }
        },
    )
}

prop_compose! {
    fn any_place()(
        lines in (any_line(1, 1), any_line(2, 1), any_line(3, 2)), groups in (any_group(1), any_group(2)),
    ) -> Place {
        let (lines, groups) = (vec![lines.0, lines.1, lines.2], vec![groups.0, groups.1]);
        let fees: Amount = groups.iter().map(|group| group.fee.amount()).sum();
        Place {
            order: ORDER,
            mall: MallId::new("main").unwrap(),
            currency: Currency::Krw,
            member: MemberId(Uuid::from_u128(2)),
            recipient: Sealed("c2VhbGVk".into()),
            memo: None,
            total: lines.iter().map(OrderLine::paid).sum::<Amount>() + fees,
            lines,
            groups,
            payment: PAYMENT,
            payment_due: at(30),
            confirm_after_days: 7,
            at: at(0),
        }
    }
}

/// Something that happens to the pieces of a line, or of both lines of a group.
#[derive(Debug, Clone)]
enum Step {
    Deliver(Vec<(u16, u32)>),
    Confirm(Vec<(u16, u32)>),
    Claim(ClaimKind, ClaimablePieces, Vec<(u16, u32)>, Reason),
    Complete(u128),
    Withdraw(u128),
}

fn any_step() -> impl Strategy<Value = Step> {
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
        4 => (0_u128..12).prop_map(Step::Complete),
        1 => (0_u128..12).prop_map(Step::Withdraw),
    ]
}

/// An order with the claims on it and the money that it moves, as the services move it.
struct Shop {
    state: State,
    position: u64,
    confirmations: Vec<Confirmation>,
    claims: BTreeMap<ClaimId, claim::State>,
    deposits: Amount,
    fees: Amount,
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
    fn open(place: Place) -> Self {
        let deposits = place.total;
        let (state, position) = (State::default(), 0);
        let (confirmations, claims, fees) = (Vec::new(), BTreeMap::new(), Amount::ZERO);
        let mut shop = Self { state, position, confirmations, claims, deposits, fees };
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
        let request = request(at(80), ask, opened, (&self.state, &after)).unwrap();
        let Ok(events) =
            Claim::decide(&claim::State::default(), command(kind, request, (opened, &self.state)))
        else {
            return;
        };
        self.claims.insert(claim, Claim::fold(&events));
        self.tell(open);
    }

    fn take(&mut self, number: usize, step: Step) {
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
            Step::Complete(number) => {
                self.tell(Command::CompleteClaim(CompleteClaim { claim: claim(number), at }));
            }
            Step::Withdraw(number) => {
                let (claim, outcome) = (claim(number), order::value::ClaimOutcome::Withdrawn);
                self.tell(Command::CloseClaim(order::command::CloseClaim { claim, outcome, at }));
            }
        }
    }

    /// Completes what is claimed, delivers what is ordered, confirms what is delivered.
    fn finish(&mut self) {
        let open = |(id, claim): (&ClaimId, &order::state::Claim)| {
            (claim.status == ClaimStatus::Open).then_some(*id)
        };
        for claim in self.state.claims().iter().filter_map(open).collect::<Vec<_>>() {
            self.tell(Command::CompleteClaim(CompleteClaim { claim, at: at(900) }));
        }
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_order_that_is_over_leaves_nothing_in_the_deposits(
        place in any_place(), steps in prop::collection::vec(any_step(), 0..40),
    ) {
        let mut shop = Shop::open(place);
        for (number, step) in steps.into_iter().enumerate() {
            shop.take(number, step);
        }
        shop.finish();
        prop_assert!(shop.state.lines().all(|(_, line)| line.buckets().is_final()));
        prop_assert_eq!(shop.deposits, Amount::ZERO);
    }

    #[test]
    fn confirmed_pieces_that_come_back_one_by_one_put_back_what_was_accrued(place in any_place()) {
        let mut shop = Shop::open(place);
        shop.finish();
        let lines: Vec<_> = shop.state.lines().map(|(line, _)| (line.line.0, line.quantity.get())).collect();
        let pieces = lines.into_iter().flat_map(|(line, count)| (0..count).map(move |_| vec![(line, 1)]));
        for (number, lines) in pieces.enumerate() {
            let (kind, pieces) = (ClaimKind::Return, ClaimablePieces::Confirmed);
            shop.take(number, Step::Claim(kind, pieces, lines, Reason::Late));
            shop.take(number, Step::Complete(u128::try_from(number).unwrap()));
        }
        prop_assert!(shop.state.lines().all(|(_, line)| line.buckets().returned == line.buckets().total()));
        prop_assert_eq!(shop.deposits, Amount::ZERO);
        // At the merchant's fault the delivery fee goes back with the last piece: it is taken from the merchant again.
        let fees: Amount = shop.state.groups().iter().map(|group| group.fee.amount()).sum();
        prop_assert_eq!(shop.fees, -fees);
    }
}
