package dev.conduct.acceptance;

import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.DemoScript;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// What the sample company's clients were asked to accept, and what they said.
@Component
@ConditionalOnProperty(name = "conduct.demo", havingValue = "true")
class DemoAcceptance implements DemoChapter {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Acceptances acceptances;
    private final Feedbacks feedbacks;

    DemoAcceptance(Acceptances acceptances, Feedbacks feedbacks) {
        this.acceptances = acceptances;
        this.feedbacks = feedbacks;
    }

    @Override
    public void plan(Scene scene) {
        Map<DemoScript, UUID> opened = new HashMap<>();
        for (var session : DemoScript.read("acceptance.yaml").parts("sessions")) {
            var by = session.text("by");
            scene.at(before(scene, session.number("days")), () -> {
                var wanted = new Acceptances.NewSession(
                        session.text("title"),
                        session.text("commit"),
                        session.text("build"),
                        "",
                        String.join("\n", session.texts("criteria")));
                var id = acceptances
                        .open(session.text("product"), wanted, scene.person(by))
                        .id();
                session.texts("invites").forEach(who -> acceptances.invite(id, who, scene.person(by)));
                opened.put(session, id);
            });
            for (var said : session.parts("says")) {
                scene.at(before(scene, said.number("days")), () -> say(scene, by, at(opened, session), said));
            }
            for (var sign : session.parts("signs")) {
                scene.at(
                        before(scene, sign.number("days")).plus(AN_HOUR),
                        () -> acceptances.sign(
                                at(opened, session),
                                sign.text("verdict"),
                                sign.texts("met").stream().map(Integer::valueOf).toList(),
                                sign.text("note"),
                                scene.person(sign.text("by"))));
            }
            if (session.number("closed") > 0) {
                scene.at(
                        before(scene, session.number("closed")),
                        () -> acceptances.close(at(opened, session), scene.person(by)));
            }
        }
    }

    private void say(Scene scene, String holder, UUID session, DemoScript told) {
        var said = feedbacks.say(session, told.text("text"), scene.person(told.text("by")));
        if (!told.text("decision").isEmpty()) {
            var _ = feedbacks.decide(
                    session,
                    said.id(),
                    told.text("decision"),
                    told.text("severity"),
                    told.text("reason"),
                    scene.person(holder));
        }
    }

    private static UUID at(Map<DemoScript, UUID> opened, DemoScript session) {
        return Objects.requireNonNull(opened.get(session));
    }

    private static Instant before(Scene scene, int days) {
        return scene.end().minus(Duration.ofDays(days)).plus(AN_HOUR);
    }
}
