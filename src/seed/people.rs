//! The people of the demo market.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use kernel::id::{ApiKeyId, MemberId, MerchantId, OperatorId};
use kernel::{Price, Rate, Text};
use member::merchant::{BusinessNumber, Contract, KoreanNumber, SettlementCycle};
use member::operator::Role;
use shipping::DeliveryPolicy;
use shipping::delivery_policy::command::{Command, Set};
use shipping::delivery_policy::value::{FeeRule, PolicyId, RemoteSurcharges};

use super::Seed;
use crate::credential::{Address, Password};
use crate::ids;
use crate::service::merchants::Application;
use crate::service::operators::NewOperator;
use crate::service::personal::{BankAccount, Profile};
use crate::service::sessions::Login;

pub(super) const OPERATOR: &str = "operator@demo.invalid";
pub(super) const MERCHANT: &str = "merchant@demo.invalid";
pub(super) const SHOPPER: &str = "shopper@demo.invalid";
/// Everybody's password.
pub(super) const PASSWORD: &str = "jangteo-demo";

impl Seed<'_> {
    /// The operator, with every role.
    pub(super) async fn operator(&self) -> Result<OperatorId> {
        let operator = OperatorId(ids::derived(&["seed", "operator"]));
        let new = NewOperator {
            operator,
            name: Text::new("Demo operator")?,
            login: login(OPERATOR)?,
            roles: BTreeSet::from([Role::Admin]),
        };
        self.app.create_operator(&self.step("operator"), new).await?;
        Ok(operator)
    }

    /// The merchant with a contract, a delivery policy and an API key.
    pub(super) async fn merchant(&self, operator: OperatorId) -> Result<(MerchantId, String)> {
        let merchant = MerchantId(ids::derived(&["seed", "merchant"]));
        let application = Application {
            merchant,
            name: Text::new("Hanok Books (한옥서점)")?,
            business_number: BusinessNumber::Korean { number: KoreanNumber::new("1208800767")? },
            contact: profile(MERCHANT, "Demo merchant"),
            bank_account: BankAccount {
                bank: "Demo bank".to_owned(),
                account: "110-000-000000".to_owned(),
                holder: "Hanok Books".to_owned(),
            },
            login: login(MERCHANT)?,
        };
        self.app.apply(&self.step("merchant"), application).await?;
        let approval = self.step("approval");
        let contract = Contract {
            default_rate: Rate::new("0.1".parse()?)?,
            category_rates: BTreeMap::new(),
            cycle: SettlementCycle::Weekly,
            effective_from: approval.at,
        };
        self.app.approve_merchant(&approval, merchant, operator, contract).await?;
        self.delivery_policy(merchant).await?;
        let key = ApiKeyId(ids::derived(&["seed", "api key"]));
        let step = self.step("api key");
        let (shown, _) = self.app.issue_api_key(&step, merchant, key, Text::new("demo")?).await?;
        Ok((merchant, shown))
    }

    async fn delivery_policy(&self, merchant: MerchantId) -> Result<()> {
        let policy = PolicyId { merchant, mall: self.mall.clone() };
        let set = Set {
            merchant,
            mall: self.mall.clone(),
            fee: FeeRule::FreeOver { fee: Price::new(3_000)?, threshold: Price::new(50_000)? },
            return_fee: Price::new(3_000)?,
            remote_surcharges: RemoteSurcharges { jeju: Price::new(3_000)?, island: Price::new(5_000)? },
            dispatch_days: 2,
            at: self.app.clock.now(),
        };
        let step = self.step("delivery policy");
        self.app.log.execute::<DeliveryPolicy>(&step, &policy, Command::Set(set)).await?;
        Ok(())
    }

    /// The shopper.
    pub(super) async fn shopper(&self) -> Result<MemberId> {
        let member = MemberId(ids::derived(&["seed", "shopper"]));
        let profile = profile(SHOPPER, "Demo shopper");
        self.app.register(&self.step("shopper"), member, profile, login(SHOPPER)?).await?;
        Ok(member)
    }
}

fn profile(email: &str, name: &str) -> Profile {
    Profile { email: email.to_owned(), name: name.to_owned(), phone: None }
}

fn login(email: &str) -> Result<Login> {
    Ok(Login { address: Address::new(email)?, password: Some(Password::new(PASSWORD)?) })
}
