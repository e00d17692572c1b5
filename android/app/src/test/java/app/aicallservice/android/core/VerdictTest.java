package app.aicallservice.android.core;

import static org.junit.Assert.assertEquals;

import app.aicallservice.android.core.Verdict.Treatment;
import org.junit.Test;

public class VerdictTest {
    private static Treatment of(String answer) {
        return Verdict.fromAnswer(answer).treatment;
    }

    @Test
    public void followsTheServer() {
        assertEquals(Treatment.DECLINE, of("{\"status\":\"success\",\"action\":\"block\",\"message\":\"Call refused: block list\"}"));
        assertEquals(Treatment.SILENCE, of("{\"status\":\"success\",\"action\":\"voicemail\",\"message\":\"Taking a message\"}"));
        assertEquals(Treatment.ALLOW, of("{\"status\":\"success\",\"action\":\"forward\",\"message\":\"Forwarding call to 100\"}"));
        assertEquals(Treatment.ALLOW, of("{\"status\":\"success\",\"action\":\"ask_question\",\"message\":\"Who is calling?\"}"));
    }

    @Test
    public void ringsOnEveryDoubt() {
        String[] doubts = {"", "[]", "null", "<html>", "{}", "{\"action\":\"block\"}", "{\"status\":\"error\",\"action\":\"block\"}",
            "{\"status\":\"success\",\"action\":\"explode\"}", "{\"status\":\"success\",\"action\":{\"block\":true}}", "{\"status\":\"success\""};
        for (String doubt : doubts) assertEquals(doubt, Treatment.ALLOW, of(doubt));
    }

    @Test
    public void keepsTheReason() {
        assertEquals("Call refused: block list", Verdict.fromAnswer("{\"status\":\"success\",\"action\":\"block\",\"message\":\"Call refused: block list\"}").reason);
    }
}
