package dev.conduct.ledger;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Down when nothing may be recorded, or when an event was found that nobody recorded.
@Component("ledgerHealthIndicator")
class LedgerHealth implements HealthIndicator {

    private final LedgerStatuses statuses;

    LedgerHealth(LedgerStatuses statuses) {
        this.statuses = statuses;
    }

    @Override
    public Health health() {
        var status = statuses.now();
        var health = status.healthy() ? Health.up() : Health.down();
        if (status.rollback() != null) {
            health.withDetail(LedgerState.ROLLBACK, status.rollback());
        }
        return health.withDetail("sealed", status.size())
                .withDetail("unsealed", status.unsealed())
                .withDetail("quarantined", status.quarantined())
                .build();
    }
}
