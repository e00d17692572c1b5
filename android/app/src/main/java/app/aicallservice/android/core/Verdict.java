package app.aicallservice.android.core;

import org.json.JSONException;
import org.json.JSONObject;

/** What the phone does with a call, from the server's answer. On any doubt the phone rings. */
public final class Verdict {
    public enum Treatment { ALLOW, SILENCE, DECLINE }

    public final Treatment treatment;
    public final String reason;

    private Verdict(Treatment treatment, String reason) {
        this.treatment = treatment;
        this.reason = reason;
    }

    public static Verdict doubt(String reason) {
        return new Verdict(Treatment.ALLOW, reason);
    }

    /**
     * {@code block} declines; {@code voicemail} rings without a sound, so that the caller reaches the mailbox;
     * {@code forward} and {@code ask_question} ring: a phone that has not answered cannot ask.
     */
    public static Verdict fromAnswer(String answer) {
        try {
            JSONObject json = new JSONObject(answer);
            if (!"success".equals(json.optString("status"))) return doubt("");
            String message = json.optString("message", "");
            switch (json.optString("action", "")) {
                case "block":
                    return new Verdict(Treatment.DECLINE, message);
                case "voicemail":
                    return new Verdict(Treatment.SILENCE, message);
                default:
                    return new Verdict(Treatment.ALLOW, message);
            }
        } catch (JSONException e) {
            return doubt("");
        }
    }
}
