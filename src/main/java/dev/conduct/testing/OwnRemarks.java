package dev.conduct.testing;

import dev.conduct.ledger.PersonalWords;
import org.springframework.stereotype.Component;

/// What somebody noted of a step or a case is theirs, and goes with them; the verdict stays.
@Component
class OwnRemarks implements PersonalWords {

    static final String JUDGE = "testrun.judge";

    @Override
    public boolean personal(String action, String field) {
        return action.equals(JUDGE) && field.equals("note");
    }
}
