package dev.conduct.proof;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param to `CONDUCT_BACKUP_TO`: a folder elsewhere, best another machine's; null: nothing is backed up by itself
/// @param every how often a whole backup is made
/// @param keep how many of them stay
/// @param logEvery how often what was written since goes there too; what is lost with this machine is at most that
/// @param drillEvery how often a restore is practised
@ConfigurationProperties("conduct.backup")
record BackupSettings(
        @Nullable Path to,
        @DefaultValue("24h") Duration every,
        @DefaultValue("14") int keep,
        @DefaultValue("5m") Duration logEvery,
        @DefaultValue("7d") Duration drillEvery) {

    BackupSettings {
        if (keep < 1) {
            throw new IllegalArgumentException("conduct.backup.keep is " + keep + "; keep at least 1");
        }
    }
}
