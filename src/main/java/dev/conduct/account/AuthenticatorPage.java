package dev.conduct.account;

import dev.conduct.identity.OwnAccount;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.shell.View;
import java.util.List;
import org.springframework.http.HttpStatus;

/// A new authenticator in place of the present one.
record AuthenticatorPage(OwnAccount.Enrolment enrolment, List<FieldProblem> errors) implements View {

    @Override
    public String template() {
        return "account/authenticator.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "Replace your authenticator";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Your account", "/account", false), new Crumb("Authenticator", null, false));
    }

    @Override
    public HttpStatus status() {
        return errors.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT;
    }
}
