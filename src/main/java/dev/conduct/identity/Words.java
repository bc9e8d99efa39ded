package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names and addresses as forms give them: the clean value, or a fault noted beside the field.
final class Words {

    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,255}");

    private Words() {}

    static String name(List<FieldProblem> faults, String field, String text) {
        if (text.isBlank()) {
            faults.add(new FieldProblem(field, "missing", "Fill in the " + field + "."));
            return "";
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            faults.add(new FieldProblem(field, "control_character", "Leave out line breaks and control characters."));
            return "";
        }
        return checked(faults, field, text.strip(), 200);
    }

    static String email(List<FieldProblem> faults, String text) {
        var address = text.strip().toLowerCase(Locale.ROOT);
        if (!EMAIL.matcher(address).matches()) {
            faults.add(new FieldProblem("email", "not_an_address", "Enter an e-mail address, as in name@example.com."));
            return "";
        }
        return checked(faults, "email", address, 320);
    }

    private static String checked(List<FieldProblem> faults, String field, String text, int most) {
        try {
            return PlainText.checked(field, text, most);
        } catch (Problem refused) {
            faults.addAll(refused.errors());
            return "";
        }
    }
}
