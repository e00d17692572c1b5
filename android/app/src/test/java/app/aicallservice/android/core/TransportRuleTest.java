package app.aicallservice.android.core;

import static org.junit.Assert.assertEquals;

import app.aicallservice.android.core.TransportRule.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.Test;

/** The table is the one that the TypeScript rule is tested with: transport-rule.txt, "verdict address" a line. */
public class TransportRuleTest {
    @Test
    public void judgesEveryAddressOfTheSharedTable() throws IOException {
        int lines = 0;
        try (BufferedReader table =
            new BufferedReader(new InputStreamReader(getClass().getResourceAsStream("/transport-rule.txt"), StandardCharsets.UTF_8))) {
            for (String line = table.readLine(); line != null; line = table.readLine()) {
                if (line.isEmpty() || line.startsWith("#")) continue;
                int space = line.indexOf(' ');
                String address = space < 0 ? "" : line.substring(space + 1);
                String verdict = space < 0 ? line : line.substring(0, space);
                assertEquals(address, Transport.valueOf(verdict.toUpperCase(java.util.Locale.ROOT)), TransportRule.judge(address));
                lines++;
            }
        }
        assertEquals(true, lines > 30);
    }

    @Test
    public void refusesNothing() {
        assertEquals(Transport.REFUSED, TransportRule.judge(null));
    }
}
