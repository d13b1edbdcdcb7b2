export { AmiRefresh } from "./amiRefresh";
export {
  AmiRefreshArgs,
  AmiRefreshInstanceRefresh,
  AmiRefreshNames,
  AmiRefreshNotifications,
} from "./amiRefreshArgs";
export { LaunchConfigurationFrom } from "./launchConfigurationFrom";
