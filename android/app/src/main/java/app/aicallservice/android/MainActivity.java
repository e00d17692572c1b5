package app.aicallservice.android;

import android.os.Bundle;
import app.aicallservice.android.callscreen.CallScreenPlugin;
import com.getcapacitor.BridgeActivity;

public class MainActivity extends BridgeActivity {
    @Override
    public void onCreate(Bundle savedInstanceState) {
        registerPlugin(CallScreenPlugin.class);
        super.onCreate(savedInstanceState);
    }
}
