package dev.conduct.notify;

import dev.conduct.database.Hears;
import dev.conduct.live.Live;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// How much each has not read, remembered until something is told: every page shows it, and asks the database for
/// it only once.
@Component
class Unread implements Hears {

    private static final int MOST = 5_000;

    private final NoticeRows rows;
    private final ConcurrentHashMap<String, Integer> known = new ConcurrentHashMap<>();

    Unread(NoticeRows rows) {
        this.rows = rows;
    }

    @Override
    public String channel() {
        return Live.PEOPLE;
    }

    @Override
    public void heard(String person) {
        if (person.isEmpty()) {
            known.clear();
        } else {
            known.remove(person);
        }
    }

    int of(String person) {
        if (known.size() > MOST) {
            known.clear();
        }
        var count = known.get(person);
        if (count == null) {
            count = rows.unread(person);
            known.put(person, count);
        }
        return count;
    }

    /// Here at once; other nodes hear of it.
    void forget(String person) {
        known.remove(person);
    }
}
