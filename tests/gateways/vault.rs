//! The vault: sealed for one person, opened by any process, gone when the key is.

use std::time::Duration;

use futures::future::join_all;
use jangteo::vault::{Vault, VaultError};
use kernel::Sealed;
use uuid::Uuid;

use crate::database::Database;
use crate::gateway::count;

const ALICE: Uuid = Uuid::from_u128(1);
const BOB: Uuid = Uuid::from_u128(2);

fn name() -> String {
    "김장터 Alice".to_owned()
}

#[tokio::test]
async fn what_one_process_seals_another_opens() {
    let database = Database::fresh().await;
    let sealed = Vault::new(database.pool.clone()).seal(ALICE, &name()).await.unwrap();
    assert!(!sealed.0.contains("Alice"));
    let another = Vault::new(database.pool.clone());
    assert_eq!(another.open::<String>(ALICE, &sealed).await.unwrap(), name());
    assert_eq!(another.open::<String>(ALICE, &sealed).await.unwrap(), name());
    database.drop().await;
}

#[tokio::test]
async fn two_processes_that_seal_first_agree_on_the_key() {
    let database = Database::fresh().await;
    let vaults: Vec<_> = (0..8).map(|_| Vault::new(database.pool.clone())).collect();
    let (plain, persons) = (name(), 1..=20);
    for person in persons.map(Uuid::from_u128) {
        let sealed = join_all(vaults.iter().map(|vault| vault.seal(person, &plain))).await;
        let reader = Vault::new(database.pool.clone());
        for sealed in sealed {
            assert_eq!(reader.open::<String>(person, &sealed.unwrap()).await.unwrap(), plain);
        }
    }
    assert_eq!(count(&database.pool, "SELECT count(*) FROM personal_key").await, 20);
    database.drop().await;
}

#[tokio::test]
async fn a_destroyed_key_opens_nothing_and_seals_nothing_again() {
    let database = Database::fresh().await;
    let vault = Vault::new(database.pool.clone());
    let sealed = vault.seal(ALICE, &name()).await.unwrap();
    let kept = vault.seal(BOB, &name()).await.unwrap();
    vault.destroy(ALICE).await.unwrap();
    vault.destroy(ALICE).await.unwrap();
    for vault in [&vault, &Vault::new(database.pool.clone())] {
        assert!(matches!(vault.open::<String>(ALICE, &sealed).await, Err(VaultError::Destroyed)));
        assert!(matches!(vault.seal(ALICE, &name()).await, Err(VaultError::Destroyed)));
        assert_eq!(vault.open::<String>(BOB, &kept).await.unwrap(), name());
    }
    assert_eq!(count(&database.pool, "SELECT count(key) FROM personal_key").await, 1);
    database.drop().await;
}

#[tokio::test]
async fn a_key_destroyed_elsewhere_is_forgotten_when_its_time_is_over() {
    let database = Database::fresh().await;
    let trusting = Vault::new(database.pool.clone());
    let wary = Vault::keeping_keys_for(database.pool.clone(), Duration::ZERO);
    let sealed = wary.seal(ALICE, &name()).await.unwrap();
    assert_eq!(trusting.open::<String>(ALICE, &sealed).await.unwrap(), name());
    Vault::new(database.pool.clone()).destroy(ALICE).await.unwrap();
    assert!(matches!(wary.open::<String>(ALICE, &sealed).await, Err(VaultError::Destroyed)));
    assert_eq!(trusting.open::<String>(ALICE, &sealed).await.unwrap(), name());
    database.drop().await;
}

#[tokio::test]
async fn a_person_destroyed_before_anything_was_sealed_stays_so() {
    let database = Database::fresh().await;
    let vault = Vault::new(database.pool.clone());
    vault.destroy(ALICE).await.unwrap();
    assert!(matches!(vault.seal(ALICE, &name()).await, Err(VaultError::Destroyed)));
    database.drop().await;
}

#[tokio::test]
async fn what_does_not_fit_is_broken_and_a_person_never_met_has_no_key() {
    let database = Database::fresh().await;
    let vault = Vault::new(database.pool.clone());
    let sealed = vault.seal(ALICE, &name()).await.unwrap();
    assert!(matches!(vault.open::<String>(BOB, &sealed).await, Err(VaultError::Destroyed)));
    vault.seal(BOB, &name()).await.unwrap();
    assert!(matches!(vault.open::<String>(BOB, &sealed).await, Err(VaultError::Broken)));
    assert!(matches!(vault.open::<u32>(ALICE, &sealed).await, Err(VaultError::Broken)));
    for text in ["", "AQ==", "not base64!"] {
        let broken = vault.open::<String>(ALICE, &Sealed(text.to_owned())).await;
        assert!(matches!(broken, Err(VaultError::Broken)), "{text}");
    }
    database.drop().await;
}
