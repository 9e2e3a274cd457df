<%-- shop --%>
<%@ Application Codebehind="Global.asax.cs" Inherits="Shop.Global" Language="C#" %>
