//! Made-up rows for the tests of planning. Never here: rows of the real data.

use crate::import::olist::MALL;
use crate::import::olist::files::{
    Customer, Files, Item, Order, PaidBy, Payment, Product, Seller, Status, local_time,
};
use crate::malls::{Mall, Malls};
use chrono::TimeDelta;
use kernel::{MallId, Timestamp};

pub(super) fn mall() -> Mall {
    Malls::standard().get(&MallId::new(MALL).unwrap()).unwrap().clone()
}

/// A local time of May 2018; day 32 is 1 June.
pub(super) fn may(day: u32, hour: u32) -> Timestamp {
    let first = local_time("2018-05-01 00:00:00").unwrap();
    first + TimeDelta::days(i64::from(day) - 1) + TimeDelta::hours(i64::from(hour))
}

/// Two sellers, two products, one customer per order, no orders yet.
pub(super) fn market() -> Files {
    let seller =
        |line, seller: &str| Seller { line, seller: seller.into(), city: "a".into(), state: "SP".into() };
    let product = |line, product: &str, category: &str| Product {
        line,
        product: product.into(),
        category: category.into(),
    };
    Files {
        sellers: vec![seller(2, "s1"), seller(3, "s2")],
        products: vec![product(2, "p1", "toys"), product(3, "p2", "toys")],
        translations: [("toys".to_owned(), "little_toys".to_owned())].into(),
        ..Files::default()
    }
}

impl Files {
    /// With an order of that status, placed on a day of May, paid an hour later, sent and delivered two and five days later
    /// where the status says so.
    pub(super) fn with_order(mut self, order: &str, status: Status, day: u32) -> Self {
        let line = u64::try_from(self.orders.len()).unwrap() + 2;
        let paid = status != Status::Created;
        let sent = matches!(status, Status::Shipped | Status::Delivered);
        self.orders.push(Order {
            line,
            order: order.into(),
            customer: format!("c-{order}"),
            status,
            status_word: status.name().into(),
            purchased_at: may(day, 9),
            approved_at: paid.then(|| may(day, 10)),
            dispatched_at: sent.then(|| may(day + 2, 9)),
            delivered_at: (status == Status::Delivered).then(|| may(day + 5, 9)),
            estimated_at: Some(may(day + 10, 0)),
        });
        self.with_customer(&format!("c-{order}"), &format!("u-{order}"))
    }

    pub(super) fn with_customer(mut self, customer: &str, person: &str) -> Self {
        let line = u64::try_from(self.customers.len()).unwrap() + 2;
        self.customers.push(Customer {
            line,
            customer: customer.into(),
            person: person.into(),
            postal_code: "01000".into(),
            city: "a".into(),
            state: "SP".into(),
        });
        self
    }

    /// With an item of 2.00 freight.
    pub(super) fn with_item(mut self, order: &str, product: &str, seller: &str, price_cents: i64) -> Self {
        let number = self.items.iter().filter(|item| item.order == order).count() + 1;
        self.items.push(Item {
            line: u64::try_from(self.items.len()).unwrap() + 2,
            order: order.into(),
            number: u32::try_from(number).unwrap(),
            product: product.into(),
            seller: seller.into(),
            price_cents,
            freight_cents: 200,
        });
        self
    }

    pub(super) fn with_payment(mut self, order: &str, method: PaidBy, amount_cents: i64) -> Self {
        let number = self.payments.iter().filter(|row| row.order == order).count() + 1;
        self.payments.push(Payment {
            line: u64::try_from(self.payments.len()).unwrap() + 2,
            order: order.into(),
            number: u32::try_from(number).unwrap(),
            method,
            instalments: 1,
            amount_cents,
        });
        self
    }

    /// With a delivered order of one item of 10.00 by the first seller, paid by card.
    pub(super) fn with_plain_order(self, order: &str, day: u32) -> Self {
        let with_order = self.with_order(order, Status::Delivered, day).with_item(order, "p1", "s1", 1_000);
        with_order.with_payment(order, PaidBy::CreditCard, 1_200)
    }
}
