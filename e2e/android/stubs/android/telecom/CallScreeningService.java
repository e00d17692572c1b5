package android.telecom;

import android.app.Service;
import android.content.Intent;
import android.os.IBinder;

public abstract class CallScreeningService extends Service {
    public abstract void onScreenCall(Call.Details callDetails);

    public final void respondToCall(Call.Details callDetails, CallResponse response) {}

    @Override
    public IBinder onBind(Intent intent) { return null; }

    public static class CallResponse {
        public static class Builder {
            public Builder setDisallowCall(boolean value) { return this; }
            public Builder setRejectCall(boolean value) { return this; }
            public Builder setSilenceCall(boolean value) { return this; }
            public Builder setSkipCallLog(boolean value) { return this; }
            public Builder setSkipNotification(boolean value) { return this; }
            public CallResponse build() { return null; }
        }
    }
}
