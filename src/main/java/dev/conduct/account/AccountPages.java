package dev.conduct.account;

import dev.conduct.identity.Actor;
import dev.conduct.identity.AddressChanges;
import dev.conduct.identity.AppGrants;
import dev.conduct.identity.ExternalAccounts;
import dev.conduct.identity.OwnAccount;
import dev.conduct.identity.OwnPassword;
import dev.conduct.identity.Passkeys;
import dev.conduct.identity.People;
import dev.conduct.identity.PersonalTokens;
import dev.conduct.identity.Provider;
import dev.conduct.identity.Providers;
import dev.conduct.identity.Roles;
import dev.conduct.identity.Scope;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.shell.Flash;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The page of the own account.
@Controller
@RequestMapping("/account")
class AccountPages {

    private static final String BACK = "redirect:/account";

    private final OwnAccount account;
    private final AddressChanges addresses;
    private final OwnPassword password;
    private final Passkeys passkeys;
    private final ExternalAccounts external;
    private final Providers providers;
    private final PersonalTokens tokens;
    private final AppGrants apps;
    private final People people;
    private final Roles roles;

    AccountPages(
            OwnAccount account,
            AddressChanges addresses,
            OwnPassword password,
            Passkeys passkeys,
            ExternalAccounts external,
            Providers providers,
            PersonalTokens tokens,
            AppGrants apps,
            People people,
            Roles roles) {
        this.roles = roles;
        this.account = account;
        this.addresses = addresses;
        this.password = password;
        this.passkeys = passkeys;
        this.external = external;
        this.providers = providers;
        this.tokens = tokens;
        this.apps = apps;
        this.people = people;
    }

    @GetMapping
    AccountPage show(Actor actor, HttpSession session) {
        return page(actor, session, null, List.of(), Map.of(), null);
    }

    @PostMapping("/name")
    Object rename(
            @RequestParam(defaultValue = "") String name,
            Actor actor,
            HttpSession session,
            RedirectAttributes redirect) {
        try {
            account.rename(actor, name);
            Flash.done(redirect, "This is your name from now on.");
            return BACK;
        } catch (Problem refused) {
            return page(actor, session, null, List.of(), Map.of("name", name), refused);
        }
    }

    @PostMapping("/address")
    Object changeAddress(
            @RequestParam(defaultValue = "") String email,
            Actor actor,
            HttpSession session,
            RedirectAttributes redirect) {
        try {
            addresses.change(actor, email);
            Flash.done(redirect, "A letter is on the way to " + email.strip() + ". Its link makes the address yours.");
            return BACK;
        } catch (Problem refused) {
            return page(actor, session, null, List.of(), Map.of("email", email), refused);
        }
    }

    @PostMapping("/password")
    Object changePassword(
            @RequestParam(name = "present-password", defaultValue = "") String present,
            @RequestParam(defaultValue = "") String password,
            Actor actor,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        var session = request.getSession();
        try {
            this.password.change(actor, present, password, session.getId(), request.getRemoteAddr());
            Flash.done(redirect, "This is your password from now on. Other sessions have ended.");
            return BACK;
        } catch (Problem refused) {
            return page(actor, session, null, List.of(), Map.of(), refused);
        }
    }

    @PostMapping("/sessions/end")
    String endOthers(Actor actor, HttpSession session, RedirectAttributes redirect) {
        account.endOtherSessions(actor, session.getId());
        Flash.done(redirect, "You are signed in here only.");
        return BACK;
    }

    @PostMapping("/sessions/{id}/end")
    String end(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        account.endSession(actor, id);
        Flash.done(redirect, "That session has ended.");
        return BACK;
    }

    @PostMapping("/sign-ins/removal")
    String disconnect(
            @RequestParam(defaultValue = "") String issuer,
            @RequestParam(defaultValue = "") String subject,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            external.disconnect(actor, issuer, subject);
            Flash.done(redirect, "That sign-in opens your account no more.");
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return BACK;
    }

    @PostMapping("/apps/{id}/revocation")
    String revokeApp(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        apps.revoke(actor, id);
        Flash.done(redirect, "That app acts for you no more.");
        return BACK;
    }

    @GetMapping("/authenticator")
    AuthenticatorPage replacing(Actor actor) {
        return new AuthenticatorPage(account.replacing(actor), List.of());
    }

    @PostMapping("/authenticator")
    Object replace(
            @RequestParam(defaultValue = "") String code,
            Actor actor,
            HttpSession session,
            RedirectAttributes redirect) {
        try {
            account.replace(actor, code, session.getId());
            Flash.done(redirect, "The new authenticator is the only one now. Other sessions have ended.");
            return BACK;
        } catch (Problem refused) {
            return new AuthenticatorPage(account.replacing(actor), errors(refused, "code"));
        }
    }

    @PostMapping("/recovery-codes")
    AccountPage newCodes(Actor actor, HttpSession session) {
        return page(actor, session, null, account.newRecoveryCodes(actor), Map.of(), null);
    }

    @PostMapping("/tokens")
    AccountPage makeToken(
            @RequestParam(name = "token-name", defaultValue = "") String name,
            @RequestParam(required = false, defaultValue = "") Set<String> scope,
            @RequestParam(defaultValue = "30") int days,
            Actor actor,
            HttpSession session) {
        try {
            var made = tokens.create(actor, name, Scope.of(scope), days);
            return page(actor, session, made, List.of(), Map.of(), null);
        } catch (Problem refused) {
            return page(actor, session, null, List.of(), Map.of("token-name", name), refused);
        }
    }

    @PostMapping("/tokens/{id}/revocation")
    String revokeToken(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        tokens.revoke(id, actor);
        Flash.done(redirect, "That token opens nothing any more.");
        return BACK;
    }

    private AccountPage page(
            Actor actor,
            HttpSession session,
            @Nullable String made,
            List<String> codes,
            Map<String, String> entered,
            @Nullable Problem refused) {
        return new AccountPage(
                people.find(actor.id()).orElseThrow(),
                account.factors(actor),
                password.any(actor),
                passkeys.of(actor.id()),
                external.of(actor.id()),
                providers.all().stream().filter(Provider::active).toList(),
                account.sessions(actor, session.getId()),
                tokens.of(actor.id()),
                apps.of(actor.id()),
                made,
                codes,
                roles.may(actor, Right.ADMINISTER),
                entered,
                refused == null ? List.of() : errors(refused, "token-name"),
                refused == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private static List<FieldProblem> errors(Problem refused, String field) {
        return refused.errors().isEmpty()
                ? List.of(new FieldProblem(field, refused.code(), refused.says()))
                : refused.errors();
    }
}
