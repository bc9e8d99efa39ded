package dev.conduct.database;

import java.io.IOException;
import java.nio.file.Files;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/// Down when the disk of the data folder has no room left to write: checkpoints, attachments, and the log of the
/// embedded database, which grows by 16 MB at a time. A load balancer then asks other nodes.
@Component("dataDiskHealthIndicator")
class DataDisk implements HealthIndicator {

    private final DataFolder folder;
    private final DataSize least;

    DataDisk(DataFolder folder, @Value("${conduct.least-free:32MB}") DataSize least) {
        this.folder = folder;
        this.least = least;
    }

    @Override
    public Health health() {
        try {
            var free = Files.getFileStore(folder.root()).getUsableSpace();
            var health = free < least.toBytes() ? Health.down() : Health.up();
            return health.withDetail("free", free)
                    .withDetail("least", least.toBytes())
                    .build();
        } catch (IOException unreadable) {
            return Health.down(unreadable).build();
        }
    }
}
