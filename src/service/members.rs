//! Members: signing up claims the e-mail address and opens the account in one append.

use eventstore::{Batch, Context, Outcome};
use kernel::id::MemberId;
use member::member::Command;
use member::member::command::Register;
use member::{EmailClaim, Holder, Member, email};

use super::ServiceError;
use super::personal::Profile;
use super::sessions::Login;
use crate::app::App;

impl App {
    /// Registers a member. Two sign-ups with one address can't both win. Without a password one must be set later.
    pub async fn register(
        &self,
        context: &Context,
        member: MemberId,
        profile: Profile,
        login: Login,
    ) -> Result<Outcome, ServiceError> {
        let (email_hash, password_hash) = self.hash_login(login).await?;
        let sealed = self.vault.seal(member.0, &profile).await?;
        let at = context.at;
        let register =
            Register { member, email_hash: email_hash.clone(), profile: sealed, password_hash, at };
        let claim =
            email::command::Claim { email_hash: email_hash.clone(), holder: Holder::Member(member), at };
        let batch = Batch::new()
            .create::<Member>(&member, Command::Register(register))
            .create::<EmailClaim>(&email_hash, email::Command::Claim(claim));
        Ok(self.log.commit(context, batch).await?)
    }
}
