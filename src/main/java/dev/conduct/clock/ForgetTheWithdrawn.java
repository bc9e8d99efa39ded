package dev.conduct.clock;

import dev.conduct.work.ItemChanged;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What has been withdrawn has no clocks.
@Component
class ForgetTheWithdrawn {

    private final JdbcClient database;

    ForgetTheWithdrawn(JdbcClient database) {
        this.database = database;
    }

    @EventListener
    void changed(ItemChanged changed) {
        if (changed.withdrawn()) {
            database.sql("delete from clock.clock where item = :item")
                    .param("item", changed.item().key())
                    .update();
        }
    }
}
