package dev.conduct.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Who tells of the code. Each signs its webhooks in its own way ([Signatures]) and tells in its own words ([Tales]).
enum Host {
    GITHUB("GitHub", "Settings, Webhooks: content type application/json, this secret, the events you want told."),
    GITLAB("GitLab", "Settings, Webhooks: this secret as signing token, or as secret token where there is no other."),
    GITEA("Gitea or Forgejo", "Settings, Webhooks: type Gitea or Forgejo, application/json, this secret."),
    JENKINS("Jenkins or a script", "Sends JSON with a signature over time and body; the guide has the lines to copy."),
    GIT("Plain git", "Install the hook script of the repository's page on the server, or let Conduct look by itself.");

    private final String title;
    private final String hint;

    Host(String title, String hint) {
        this.title = title;
        this.hint = hint;
    }

    String title() {
        return title;
    }

    String hint() {
        return hint;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Host> of(String word) {
        return Arrays.stream(values()).filter(host -> host.word().equals(word)).findFirst();
    }
}
