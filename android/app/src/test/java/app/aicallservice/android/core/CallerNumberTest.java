package app.aicallservice.android.core;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class CallerNumberTest {
    private static void assertNumber(String expected, String handle) {
        assertEquals(expected, CallerNumber.fromHandle(handle));
    }

    @Test
    public void keepsPlusAndDigits() {
        assertNumber("+49301234567", "tel:%2B49301234567");
        assertNumber("+49301234567", "tel:+49%2030%20123-4567");
        assertNumber("100", "tel:100");
        assertNumber("*31#", "tel:*31%23");
    }

    @Test
    public void callsAMissingNumberAnonymous() {
        assertNumber("anonymous", null);
        assertNumber("anonymous", "");
        assertNumber("anonymous", "tel:");
        assertNumber("anonymous", "tel:unknown");
        assertNumber("anonymous", "tel:%zz");
    }

    @Test
    public void dropsParametersAndControlCharacters() {
        assertNumber("+4930", "tel:+4930;phone-context=example.com");
        assertNumber("anna@example.com", "sip:anna%0d%0a@example.com");
    }

    @Test
    public void cutsWhatIsTooLong() {
        StringBuilder digits = new StringBuilder("tel:");
        for (int i = 0; i < 10_000; i++) digits.append('1');
        assertEquals(64, CallerNumber.fromHandle(digits.toString()).length());
    }
}
