package dev.conduct.account;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.shell.View;
import java.util.List;
import org.springframework.http.HttpStatus;

/// One more passkey.
record PasskeyPage(String name, List<FieldProblem> errors) implements View {

    @Override
    public String template() {
        return "account/passkey.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "Add a passkey";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Your account", "/account", false), new Crumb("Passkey", null, false));
    }

    @Override
    public HttpStatus status() {
        return errors.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT;
    }
}
