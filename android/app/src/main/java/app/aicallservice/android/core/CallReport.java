package app.aicallservice.android.core;

import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import org.json.JSONException;
import org.json.JSONObject;

/** One call of this phone, as POST /call/incoming takes it. */
public final class CallReport {
    /** Android drops a screening service that has not answered after 5 s. */
    public static final int DEADLINE_MS = 3000;

    public final String callId;
    public final String callerNumber;
    public final String calledNumber;
    public final long atMs;

    /** {@code atMs}: milliseconds since 1970. {@code calledNumber} is the owner's label of this phone. */
    public CallReport(String callId, String callerNumber, String calledNumber, long atMs) {
        this.callId = callId;
        this.callerNumber = callerNumber;
        this.calledNumber = calledNumber;
        this.atMs = atMs;
    }

    /** {@code mode}: "screen" asks for a decision by the deadline, "report" only tells. */
    public String toJson(String mode) {
        SimpleDateFormat instant = new SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'+00:00'", Locale.ROOT);
        instant.setTimeZone(TimeZone.getTimeZone("UTC"));
        try {
            JSONObject json = new JSONObject();
            json.put("call_id", callId);
            json.put("caller_number", callerNumber);
            json.put("called_number", calledNumber);
            json.put("timestamp", instant.format(new Date(atMs)));
            json.put("channel", "android:" + mode);
            json.put("deadline_ms", DEADLINE_MS);
            return json.toString();
        } catch (JSONException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The form that {@link ReportQueue} keeps. */
    public String toStored() {
        try {
            return new JSONObject().put("id", callId).put("from", callerNumber).put("to", calledNumber).put("at", atMs).toString();
        } catch (JSONException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Null when the text is not a stored report: a file that a crash cut short. */
    public static CallReport fromStored(String text) {
        try {
            JSONObject json = new JSONObject(text);
            return new CallReport(json.getString("id"), json.getString("from"), json.getString("to"), json.getLong("at"));
        } catch (JSONException e) {
            return null;
        }
    }
}
