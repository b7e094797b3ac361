//! Made-up orders in the data set's files. Never here: rows of the real data.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The statuses, in the order that orders take them.
const STATUSES: [&str; 9] = [
    "delivered",
    "delivered",
    "canceled",
    "shipped",
    "delivered",
    "processing",
    "unavailable",
    "created",
    "approved",
];

/// A folder with made-up files, removed at the end.
pub(crate) struct Data {
    folder: PathBuf,
    settled: String,
}

struct Item {
    order: usize,
    number: usize,
    product: usize,
    seller: usize,
    price_cents: usize,
    freight_cents: usize,
}

impl Data {
    /// So many orders, one every second day from February 2018 on, of one to three items by two sellers.
    pub(crate) fn of_orders(count: usize) -> Self {
        let folder = std::env::temp_dir().join(format!("jangteo-import-{}", jangteo::ids::fresh().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let items: Vec<Item> = (0..count).flat_map(items).collect();
        write(&folder, "olist_customers_dataset", customers(count));
        write(&folder, "olist_sellers_dataset", sellers());
        write(&folder, "olist_products_dataset", products());
        write(&folder, "olist_orders_dataset", orders(count));
        write(&folder, "olist_order_items_dataset", items_file(&items));
        write(&folder, "olist_order_payments_dataset", payments(count, &items));
        write(
            &folder,
            "product_category_name_translation",
            "product_category_name,product_category_name_english\ntoys,toys\n".to_owned(),
        );
        Self { folder, settled: settled(&items) }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn folder(&self) -> String {
        self.folder.display().to_string()
    }

    pub(crate) fn remove(&self, file: &str) {
        std::fs::remove_file(self.folder.join(file)).unwrap();
    }

    /// What settlement must come to, as `settled_by_seller.csv`.
    pub(crate) fn settled(&self) -> String {
        self.settled.clone()
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn status(order: usize) -> &'static str {
    STATUSES[order % STATUSES.len()]
}

/// Products are shared between orders, at prices that change; every third order has two sellers.
fn items(order: usize) -> Vec<Item> {
    let item = |number: usize| Item {
        order,
        number,
        product: (order + number) % 4,
        seller: if order.is_multiple_of(3) { number % 2 } else { 0 },
        price_cents: 1_000 + (order / 5) * 37,
        freight_cents: 150 + number * 7,
    };
    (1..=1 + order % 3)
        .map(item)
        .map(|item| Item { product: item.product + 4 * item.seller, ..item })
        .collect()
}

fn write(folder: &Path, name: &str, text: String) {
    std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
}

fn table(header: &str, rows: impl Iterator<Item = String>) -> String {
    rows.fold(format!("{header}\n"), |mut text, row| {
        writeln!(text, "{row}").unwrap();
        text
    })
}

fn customers(count: usize) -> String {
    let header = "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state";
    table(header, (0..count).map(|order| format!("c{order},u{},01000,a,SP", order % 30)))
}

fn sellers() -> String {
    table(
        "seller_id,seller_zip_code_prefix,seller_city,seller_state",
        (0..2).map(|s| format!("s{s},01000,a,SP")),
    )
}

fn products() -> String {
    table("product_id,product_category_name", (0..8).map(|product| format!("p{product},toys")))
}

fn time(order: usize, days: i64, hour: u32) -> String {
    let first = chrono::NaiveDate::from_ymd_opt(2018, 2, 1).unwrap().and_hms_opt(hour, 0, 0).unwrap();
    let days = chrono::TimeDelta::days(days + 2 * i64::try_from(order).unwrap());
    (first + days).format("%Y-%m-%d %H:%M:%S").to_string()
}

fn orders(count: usize) -> String {
    let header = "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,\
        order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date";
    let row = |order: usize| {
        let status = status(order);
        let when = |has: bool, days, hour| if has { time(order, days, hour) } else { String::new() };
        let paid = when(status != "created", 0, 11);
        let sent = when(matches!(status, "shipped" | "delivered"), 3, 9);
        let arrived = when(status == "delivered", 8, 15);
        format!(
            "o{order},c{order},{status},{},{paid},{sent},{arrived},{}",
            time(order, 0, 10),
            time(order, 20, 0)
        )
    };
    table(header, (0..count).map(row))
}

fn money(cents: usize) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn items_file(items: &[Item]) -> String {
    let header = "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value";
    table(
        header,
        items.iter().map(|item| {
            let Item { order, number, product, seller, .. } = item;
            let (price, freight) = (money(item.price_cents), money(item.freight_cents));
            format!("o{order},{number},p{product},s{seller},,{price},{freight}")
        }),
    )
}

/// Every order by two payments.
fn payments(count: usize, items: &[Item]) -> String {
    let header = "order_id,payment_sequential,payment_type,payment_installments,payment_value";
    let rows = (0..count).flat_map(|order| {
        let own = items.iter().filter(|item| item.order == order);
        let total: usize = own.map(|item| item.price_cents + item.freight_cents).sum();
        [(1, "credit_card", total - 100), (2, "voucher", 100)]
            .map(|(number, method, cents)| format!("o{order},{number},{method},1,{}", money(cents)))
    });
    table(header, rows)
}

fn settled(items: &[Item]) -> String {
    let mut by_seller: BTreeMap<usize, (usize, usize, usize)> = BTreeMap::new();
    for item in items.iter().filter(|item| status(item.order) == "delivered") {
        let sums = by_seller.entry(item.seller).or_default();
        *sums = (sums.0 + 1, sums.1 + item.price_cents, sums.2 + item.freight_cents);
    }
    let rows = by_seller
        .into_iter()
        .map(|(seller, (lines, price, freight))| format!("s{seller},{lines},{price},{freight}"));
    table("seller_id,delivered_lines,price_cents,freight_cents", rows)
}
