package dev.conduct.account;

import dev.conduct.identity.AppGrants;
import dev.conduct.identity.ExternalAccounts;
import dev.conduct.identity.OwnAccount;
import dev.conduct.identity.Passkeys;
import dev.conduct.identity.People;
import dev.conduct.identity.PersonalTokens;
import dev.conduct.identity.Provider;
import dev.conduct.identity.Scope;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.shell.View;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The own account.
///
/// @param made a token made just now, shown this once
/// @param administers whether the scope for it can be of use
/// @param codes recovery codes made just now, shown this once
/// @param entered what stood in the form that was not accepted
record AccountPage(
        People.Person person,
        OwnAccount.Factors factors,
        boolean hasPassword,
        List<Passkeys.Passkey> passkeys,
        List<ExternalAccounts.Connected> connected,
        List<Provider> providers,
        List<OwnAccount.Session> sessions,
        List<PersonalTokens.Token> tokens,
        List<AppGrants.Granted> apps,
        @Nullable String made,
        List<String> codes,
        boolean administers,
        Map<String, String> entered,
        List<FieldProblem> errors,
        HttpStatus status)
        implements View {

    @Override
    public String template() {
        return "account/account.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "Your account";
    }

    @Nullable
    String error(String field) {
        return errors.stream()
                .filter(error -> error.field().equals(field))
                .map(FieldProblem::says)
                .findFirst()
                .orElse(null);
    }

    /// The scopes that can be of use to this person.
    List<Scope> scopes() {
        return administers
                ? List.of(Scope.READ, Scope.WRITE, Scope.ADMINISTER, Scope.METRICS)
                : List.of(Scope.READ, Scope.WRITE);
    }
}
