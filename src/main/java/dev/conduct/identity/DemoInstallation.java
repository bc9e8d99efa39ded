package dev.conduct.identity;

import dev.conduct.database.StartRefused;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Keeps demos and real installations apart for ever: a demo lets anybody in, so it is only ever made in an empty
/// folder, and neither kind starts as the other.
@Component
public class DemoInstallation {

    private final JdbcClient db;
    private final InstantSource time;

    DemoInstallation(JdbcClient db, InstantSource time, @Value("${conduct.demo:false}") boolean wanted) {
        this.db = db;
        this.time = time;
        var state = state();
        if (wanted && state.equals("real")) {
            throw new StartRefused(
                    "This data folder holds a real installation, and a demo lets anybody in. Give the demo an empty folder with --data.");
        }
        if (wanted && state.equals("being told")) {
            throw new StartRefused(
                    "The demo in this data folder was stopped while it was being made. Delete the folder, or give the demo an empty one with --data.");
        }
        if (!wanted && (state.equals("told") || state.equals("being told"))) {
            throw new StartRefused(
                    "This data folder holds a demo. Start it with --demo, or give your installation an empty folder with --data.");
        }
    }

    /// True when nothing has been set up here yet.
    public boolean empty() {
        return state().equals("empty");
    }

    /// Takes the empty installation for the sample company.
    @Transactional
    public void begin(String company) {
        db.sql("update identity.installation set company = :company, set_up_at = :now, demo = 'being told'")
                .param("company", company)
                .param("now", Sql.time(time.instant()))
                .update();
    }

    public void finish() {
        db.sql("update identity.installation set demo = 'told'").update();
    }

    private String state() {
        return db.sql("select case when demo is not null then demo when set_up_at is null then 'empty' else 'real' end"
                        + " from identity.installation")
                .query(String.class)
                .single();
    }
}
