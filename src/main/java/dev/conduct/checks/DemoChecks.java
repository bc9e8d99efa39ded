package dev.conduct.checks;

import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.DemoScript;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// Three checks of the server that runs the demo. It may be started at another port every time, so the texts are
/// written anew where they name the one before.
@Component
@ConditionalOnProperty(name = "conduct.demo", havingValue = "true")
class DemoChecks implements DemoChapter {

    private static final String PRODUCT = "TAL";
    private static final String BY = "ruth@brindlemoor.example";
    private static final List<String> NAMES = List.of("alive", "doors", "sign-in");
    private static final Pattern ITSELF = Pattern.compile("(127\\.0\\.0\\.1:)\\d+");

    private final Checks checks;
    private final CheckRows rows;

    DemoChecks(Checks checks, CheckRows rows) {
        this.checks = checks;
        this.rows = rows;
    }

    @Override
    public void open(Scene scene, int port) {
        for (var name : NAMES) {
            var known = rows.find(PRODUCT, name);
            if (known.filter(CheckNote::retired).isEmpty()) {
                var text = known.flatMap(check -> rows.text(check.id(), check.version()))
                        .orElseGet(() -> DemoScript.words("checks/" + name + ".yaml"));
                var _ = checks.write(
                        PRODUCT, name, ITSELF.matcher(text).replaceAll("$1" + port), null, scene.person(BY));
            }
        }
    }
}
