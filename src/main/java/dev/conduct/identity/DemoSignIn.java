package dev.conduct.identity;

import dev.conduct.kernel.Html;
import dev.conduct.kernel.Routes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Signs anybody in as any person of the demo. It exists in demo mode only, and refuses to exist on a server that
/// others can reach.
@Controller
@ConditionalOnProperty(name = "conduct.demo", havingValue = "true")
class DemoSignIn implements Routes {

    private final People people;
    private final SignIn signIn;
    private final Sessions sessions;
    private final Gatehouse gatehouse;
    private final Html html;
    private final InstantSource time;

    DemoSignIn(
            People people,
            SignIn signIn,
            Sessions sessions,
            Gatehouse gatehouse,
            Html html,
            InstantSource time,
            @Value("${server.address:}") String address)
            throws UnknownHostException {
        if (address.isBlank() || !InetAddress.getByName(address).isLoopbackAddress()) {
            throw new dev.conduct.database.StartRefused(
                    "The demo lets anybody in, so it serves on this computer only. Set server.address=127.0.0.1.");
        }
        this.people = people;
        this.signIn = signIn;
        this.sessions = sessions;
        this.gatehouse = gatehouse;
        this.html = html;
        this.time = time;
    }

    record Choice(String id, String name, String roles) {}

    @Override
    public List<Route> routes() {
        return List.of(Route.open(HttpMethod.GET, "/demo/sign-in"), Route.open(HttpMethod.POST, "/demo/sign-in"));
    }

    @GetMapping("/demo/sign-in")
    ResponseEntity<String> form() {
        var choices = people.holding(Set.of()).stream()
                .map(person -> new Choice(
                        person.id(),
                        person.name(),
                        String.join(", ", person.roles().stream().sorted().toList())
                                .replace('_', ' ')))
                .toList();
        return html.page("identity/demo.jte", Map.of("board", gatehouse.board(), "people", choices));
    }

    @PostMapping("/demo/sign-in")
    ResponseEntity<String> signIn(
            @RequestParam String person, HttpServletRequest request, HttpServletResponse response) {
        var actor = people.actor(person, "page");
        signIn.demo(actor.id());
        sessions.full(request, response, actor, List.of(), Factors.granted(Factors.DEMO, time.instant()));
        return Redirect.to(Sessions.wanted(request));
    }
}
