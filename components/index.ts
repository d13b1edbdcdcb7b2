export { AmiRefresh } from "./amiRefresh";
export { AmiRefreshArgs, AmiRefreshNames } from "./amiRefreshArgs";
export { LaunchConfigurationFrom } from "./launchConfigurationFrom";
