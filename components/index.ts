export { AmiRefresh } from "./amiRefresh";
export {
  AmiRefreshArgs,
  AmiRefreshInstanceRefresh,
  AmiRefreshPatch,
  AmiRefreshNames,
  AmiRefreshNotifications,
} from "./amiRefreshArgs";
export { LaunchConfigurationFrom } from "./launchConfigurationFrom";
