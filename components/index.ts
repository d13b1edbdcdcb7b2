export { AmiRefresh } from "./amiRefresh";
export { AmiRefreshArgs, AmiRefreshNames, AmiRefreshNotifications } from "./amiRefreshArgs";
export { LaunchConfigurationFrom } from "./launchConfigurationFrom";
