package dev.conduct.identity;

import dev.conduct.identity.SignOnAttempt.Purpose;
import dev.conduct.kernel.Html;
import dev.conduct.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Signing in at a provider of the company. It is the first factor; the second too, when the provider says in words it
/// is believed in that it asked for one.
@Controller
class SignOnPages {

    /// The provider of a session, for signing out there too.
    static final String PROVIDER = "provider";

    /// That session as the provider names it.
    static final String PROVIDER_SESSION = "provider session";

    private static final String CONNECTING = "connecting";
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Providers providers;
    private final SignOns signOns;
    private final ExternalAccounts external;
    private final GroupRoles groupRoles;
    private final SignIn signIn;
    private final Sessions sessions;
    private final People people;
    private final Gatehouse gatehouse;
    private final Html html;
    private final InstantSource time;

    SignOnPages(
            Providers providers,
            SignOns signOns,
            ExternalAccounts external,
            GroupRoles groupRoles,
            SignIn signIn,
            Sessions sessions,
            People people,
            Gatehouse gatehouse,
            Html html,
            InstantSource time) {
        this.providers = providers;
        this.signOns = signOns;
        this.external = external;
        this.groupRoles = groupRoles;
        this.signIn = signIn;
        this.sessions = sessions;
        this.people = people;
        this.gatehouse = gatehouse;
        this.html = html;
        this.time = time;
    }

    /// What is about to be connected, until the person agreed.
    private record Connecting(String provider, String issuer, String subject, String shown) implements Serializable {}

    @GetMapping("/sign-in/sso/{id}")
    ResponseEntity<String> begin(
            @PathVariable String id, @RequestParam(defaultValue = "") String invitation, HttpServletRequest request) {
        return Factors.second(Sessions.current()) ? Redirect.to("/") : leave(id, Purpose.SIGN_IN, invitation, request);
    }

    /// For somebody signed in who connects one more way in.
    @GetMapping("/account/sign-ins/{id}")
    ResponseEntity<String> connect(@PathVariable String id, HttpServletRequest request) {
        return leave(id, Purpose.CONNECT, "", request);
    }

    /// For somebody signed in who proves it once more.
    @GetMapping("/sign-in/again/{id}")
    ResponseEntity<String> confirm(@PathVariable String id, HttpServletRequest request) {
        return leave(id, Purpose.CONFIRM, "", request);
    }

    @GetMapping("/sign-in/sso/{id}/callback")
    ResponseEntity<String> back(
            @PathVariable String id,
            @RequestParam Map<String, String> answer,
            HttpServletRequest request,
            HttpServletResponse response) {
        var provider = provider(id);
        var began = SignOns.began(request);
        try {
            var returned = signOns.finish(provider, answer, request);
            return switch (returned.attempt().purpose()) {
                case SIGN_IN -> enter(provider, returned, request, response);
                case CONNECT -> ask(provider, returned.asserted(), request);
                case CONFIRM -> confirmed(provider, returned.asserted(), request, response);
            };
        } catch (ProviderFailure failure) {
            if (began) {
                signIn.refused(id, failure, request.getRemoteAddr());
            }
            return refusal(failure.says());
        } catch (Problem refused) {
            return refusal(refused.says());
        }
    }

    private ResponseEntity<String> enter(
            Provider provider, SignOns.Returned returned, HttpServletRequest request, HttpServletResponse response)
            throws ProviderFailure {
        var asserted = returned.asserted();
        var person = external.used(asserted.issuer(), asserted.subject())
                .orElseGet(() -> unknown(provider, returned.attempt().invitation(), asserted));
        if (person == null || people.signedIn(person, "page").isEmpty()) {
            throw new ProviderFailure(reason(provider, asserted));
        }
        if (provider.givesRoles() && asserted.groups() != null) {
            external.inGroups(asserted.issuer(), asserted.subject(), asserted.groups());
            groupRoles.align(person, ExternalAccounts.SYSTEM);
        }
        var actor = people.actor(person, "page");
        var complete = asserted.complete(provider);
        signIn.external(person, provider.id(), complete);
        if (complete) {
            sessions.full(request, response, actor, List.of(), given(asserted));
        } else {
            sessions.half(request, response, person, Factors.granted(Factors.SSO, time.instant()));
        }
        request.getSession().setAttribute(PROVIDER, provider.id());
        if (asserted.session() != null) {
            request.getSession().setAttribute(PROVIDER_SESSION, asserted.session());
        }
        return Redirect.to(complete ? Sessions.wanted(request) : "/sign-in/code");
    }

    /// A provider that remembers somebody vouches for a second factor of long ago: it lets in, and confirms nothing
    /// dangerous.
    private GrantedAuthority given(Asserted asserted) {
        var now = time.instant();
        return Factors.granted(Factors.SSO_COMPLETE, fresh(asserted) ? now : now.minus(StepUp.FRESH));
    }

    private boolean fresh(Asserted asserted) {
        return asserted.at() != null && !asserted.at().isBefore(time.instant().minus(FRESH));
    }

    /// Somebody an issuer names for the first time. An account that has the same e-mail address is not theirs for that.
    private @Nullable String unknown(Provider provider, String invitation, Asserted asserted) {
        if (!invitation.isEmpty()) {
            return external.accept(invitation, asserted);
        }
        var provisioned = provider.directory() ? external.provisioned(asserted).orElse(null) : null;
        if (provisioned != null) {
            return provisioned;
        }
        var email = asserted.email();
        return provider.creates() && email != null && people.resolve(email).isEmpty()
                ? external.create(asserted)
                : null;
    }

    private String reason(Provider provider, Asserted asserted) {
        var email = asserted.email();
        if (email != null && people.resolve(email).filter(People.Person::active).isPresent()) {
            return "An account here has the address " + email + ". Sign in to it as before, and connect "
                    + provider.name() + " under Your account.";
        }
        return "Nobody here is known by that sign-in. Ask an administrator for an invitation.";
    }

    private ResponseEntity<String> ask(Provider provider, Asserted asserted, HttpServletRequest request) {
        var shown = Objects.requireNonNullElse(asserted.email(), asserted.subject());
        request.getSession()
                .setAttribute(
                        CONNECTING, new Connecting(provider.name(), asserted.issuer(), asserted.subject(), shown));
        return Redirect.to("/sign-in/connection");
    }

    /// Asked on a page of ours: nobody connects a stranger's sign-in by being led through a provider.
    @GetMapping("/sign-in/connection")
    ResponseEntity<String> question(HttpServletRequest request, Actor actor) {
        if (!(request.getSession().getAttribute(CONNECTING) instanceof Connecting connecting)) {
            return Redirect.to("/account");
        }
        return html.page(
                "identity/connection.jte",
                Map.of(
                        "board", gatehouse.board(),
                        "name", actor.name(),
                        "provider", connecting.provider(),
                        "shown", connecting.shown()));
    }

    @PostMapping("/sign-in/connection")
    ResponseEntity<String> agreed(HttpServletRequest request, Actor actor) {
        if (request.getSession().getAttribute(CONNECTING) instanceof Connecting connecting) {
            request.getSession().removeAttribute(CONNECTING);
            try {
                external.connect(actor.id(), connecting.issuer(), connecting.subject());
            } catch (Problem refused) {
                return refusal(refused.says());
            }
        }
        return Redirect.to("/account");
    }

    private ResponseEntity<String> confirmed(
            Provider provider, Asserted asserted, HttpServletRequest request, HttpServletResponse response)
            throws ProviderFailure {
        var current = Objects.requireNonNull(Sessions.current());
        var person = external.used(asserted.issuer(), asserted.subject());
        if (!Factors.second(current)
                || !person.equals(java.util.Optional.of(current.getName()))
                || !asserted.complete(provider)
                || !fresh(asserted)) {
            throw new ProviderFailure("The provider did not confirm now, with a second factor, that it is you.");
        }
        signIn.externalAgain(current.getName(), provider.id());
        var given = Factors.granted(Factors.SSO_COMPLETE, time.instant());
        sessions.full(
                request,
                response,
                people.actor(current.getName(), "page"),
                Factors.before(current, Factors.SSO_COMPLETE),
                given);
        return Redirect.to(StepUp.PAGE);
    }

    private ResponseEntity<String> leave(String id, Purpose purpose, String invitation, HttpServletRequest request) {
        signIn.requireOpen(request.getRemoteAddr());
        try {
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(signOns.begin(provider(id), purpose, invitation, request))
                    .build();
        } catch (ProviderFailure failure) {
            return refusal(failure.says());
        }
    }

    private Provider provider(String id) {
        return providers.active(id).orElseThrow(() -> Problem.notFound("This page"));
    }

    private ResponseEntity<String> refusal(String says) {
        return html.page(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "identity/refusal.jte",
                Map.of("board", gatehouse.board(), "says", says));
    }
}
