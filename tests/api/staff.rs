//! Operators at their desks: made behind the API (the first one can't be made through it), signed in through it.

use std::collections::BTreeSet;

use jangteo::credential::{Address, Password};
use jangteo::ids;
use jangteo::service::operators::NewOperator;
use jangteo::service::sessions::Login;
use kernel::Text;
use kernel::id::OperatorId;
use member::operator::Role;
use serde_json::json;

use crate::client::{Client, Reply};
use crate::market::context;
use crate::world::World;

/// Every operator's password.
pub const PASSWORD: &str = "open sesame";

/// An operator's e-mail address, whose account has these roles.
pub async fn hired(world: &World, roles: &[Role]) -> String {
    let email = format!("{}@example.com", ids::fresh().simple());
    let login =
        Login { address: Address::new(&email).unwrap(), password: Some(Password::new(PASSWORD).unwrap()) };
    let operator = OperatorId(ids::fresh());
    let name = Text::new("Somebody").unwrap();
    let new = NewOperator { operator, name, login, roles: roles.iter().copied().collect::<BTreeSet<_>>() };
    world.app.create_operator(&context(world), new).await.unwrap();
    email
}

/// A caller with the access token of a fresh operator with these roles.
pub async fn staff(world: &World, client: &Client, roles: &[Role]) -> Client {
    let email = hired(world, roles).await;
    let session = sign_in(client, &email).await;
    client.with_token(session.body["access_token"].as_str().unwrap())
}

/// Signs an operator in.
pub async fn sign_in(client: &Client, email: &str) -> Reply {
    let session = client.post("/admin/v1/sessions", json!({"email": email, "password": PASSWORD})).await;
    assert_eq!(session.status, 201, "{session:?}");
    session
}
