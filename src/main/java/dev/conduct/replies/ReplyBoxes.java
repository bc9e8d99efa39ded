package dev.conduct.replies;

import dev.conduct.database.DataFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/// Which mailbox the settings mean.
@Configuration
@EnableConfigurationProperties(ReplySettings.class)
class ReplyBoxes {

    private final ReplySettings settings;
    private final DataFolder data;

    ReplyBoxes(ReplySettings settings, DataFolder data) {
        this.settings = settings;
        this.data = data;
    }

    @Nullable
    Mailbox mailbox() {
        if (settings.address() == null) {
            return null;
        }
        return settings.host() == null ? new FolderBox(data.answers()) : new ImapBox(settings, settings.host());
    }
}
