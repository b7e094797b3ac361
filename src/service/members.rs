//! Members: signing up claims the e-mail address and opens the account in one append; what members see and change.

use eventstore::{Batch, Context, Outcome, Seq};
use kernel::id::MemberId;
use member::member::command::Register;
use member::member::{Command, Grade, Standing};
use member::{EmailClaim, Holder, Member, email};

use super::personal::Profile;
use super::sessions::Login;
use super::{Refusal, ServiceError};
use crate::app::App;

/// A member's account, opened for the member.
#[derive(Debug, Clone)]
pub struct OwnAccount {
    /// How it stands.
    pub standing: Standing,
    /// Its grade.
    pub grade: Grade,
    /// Who the member is.
    pub profile: Profile,
    /// Its version.
    pub version: Seq,
}

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

    /// A member's own account.
    pub async fn own_account(&self, member: MemberId) -> Result<OwnAccount, ServiceError> {
        let read = self.log.read_latest::<Member>(&member).await?;
        let gone = || Refusal::NotFound("member");
        let (standing, sealed) = (read.state.standing(), read.state.profile());
        let grade = read.state.grade().ok_or_else(gone)?;
        let profile = self.vault.open(member.0, sealed.ok_or_else(gone)?).await?;
        Ok(OwnAccount { standing: standing.ok_or_else(gone)?, grade, profile, version: read.version })
    }
}
