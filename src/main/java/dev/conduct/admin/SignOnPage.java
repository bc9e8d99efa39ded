package dev.conduct.admin;

import dev.conduct.identity.GroupRoles.GroupRole;
import dev.conduct.identity.Provider;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The providers people may sign in with, and what the groups of the company's directory give.
///
/// @param form what stands in the form: an empty one, or the provider to change
/// @param base where people reach this server
record SignOnPage(
        List<Provider> providers,
        List<GroupRole> groups,
        List<Procedure.Role> roles,
        Provider form,
        String base,
        List<FieldProblem> errors)
        implements View {

    @Override
    public String template() {
        return "admin/sign-on.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "Single sign-on";
    }

    @Override
    public HttpStatus status() {
        return errors.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT;
    }

    @Nullable
    String error(String field) {
        return errors.stream()
                .filter(error -> error.field().equals(field))
                .map(FieldProblem::says)
                .findFirst()
                .orElse(null);
    }

    String roleTitle(String name) {
        return roles.stream()
                .filter(role -> role.name().equals(name))
                .map(Procedure.Role::title)
                .findFirst()
                .orElse(name);
    }
}
